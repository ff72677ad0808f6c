/** Playwright's arguments for the tests that `npm test` runs: all but the long ones. */
export const SHORT_PROJECTS = ['--project=app', '--project=commands', '--project=behind*']
