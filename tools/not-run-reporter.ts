import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter'

/** Ends a run in the browser with what was not run, and why: a skipped test must not look like one that passed. */
export default class NotRunReporter implements Reporter {
  #suite: Suite | undefined

  onBegin(_: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  onEnd(): void {
    const skipped = this.#suite?.allTests().filter((one) => one.outcome() === 'skipped') ?? []
    for (const one of skipped) console.log(`NOT RUN: ${one.title}\n  ${reasonOf(one)}`)
  }
}

function reasonOf({ annotations }: TestCase): string {
  return annotations.find(({ type }) => type === 'skip')?.description ?? 'the run did not come to it'
}
