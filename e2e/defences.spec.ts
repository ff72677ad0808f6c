/* oxlint-disable no-eval, no-implied-eval, typescript/no-implied-eval -- these are the attacks */
/* oxlint-disable unicorn/consistent-function-scoping -- functions that run in the page must be inside the one sent to it */
import { SECURITY_HEADERS } from '../tools/security-headers.ts'
import { listPath } from './account.ts'
import { expect, test } from './fixtures.ts'
import { row } from './steps/list.ts'
import { open } from './steps/sign-in.ts'

test(
  'blocks everything that an injected script tries, and reports each attempt',
  { tag: '@web-server' },
  async ({ page, account, policyReports, servers }) => {
    await open(page, account)
    await expect(row(page, 'www1')).toBeVisible()
    const answer = await page.request.get(listPath(account))
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      expect(answer.headers()[name.toLowerCase()]).toBe(value)
    expect(policyReports).toEqual([])

    const attempts = await page.evaluate(async () => {
      const outcome = async (act: () => unknown) => {
        // In a separate task, because code that Playwright runs directly may evaluate strings.
        await new Promise<void>((resolve) => void setTimeout(resolve))
        try {
          return String(await act())
        } catch (error) {
          return error instanceof Error ? error.name : 'thrown'
        }
      }
      const element = (name: string, text: string) => {
        const made = document.createElement(name)
        made.append(text)
        document.head.append(made)
      }
      const button = document.createElement('button')
      const code = 'document.title = "owned"'
      return {
        text: await outcome(() => {
          button.innerHTML = '<img src=x onerror=1>'
        }),
        handler: await outcome(() => button.setAttribute('onclick', code)),
        timer: await outcome(() => setTimeout(code)),
        eval: await outcome(() => window.eval(code)),
        script: await outcome(() => element('script', code)),
        source: await outcome(() => {
          document.createElement('script').src = '/theme.js'
        }),
        worker: await outcome(() => new Worker('/theme.js')),
        policy: await outcome(() =>
          (
            window as unknown as { trustedTypes: { createPolicy: (name: string) => unknown } }
          ).trustedTypes.createPolicy('x'),
        ),
        fetch: await outcome(() => fetch('http://127.0.0.1:9/')),
        style: await outcome(() => element('style', 'body { display: none }')),
      }
    })
    expect(attempts).toEqual({
      text: 'TypeError',
      handler: 'TypeError',
      timer: 'TypeError',
      eval: 'EvalError',
      script: 'undefined',
      source: 'TypeError',
      worker: 'TypeError',
      policy: 'TypeError',
      fetch: 'TypeError',
      style: 'undefined',
    })
    await expect(page).not.toHaveTitle('owned')
    await expect(row(page, 'www1')).toBeVisible() // the style was not applied
    await expect.poll(() => policyReports.length).toBeGreaterThanOrEqual(Object.keys(attempts).length)
    policyReports.length = 0

    // Clickjacking: the dashboard stays empty in another site's frame.
    await page.goto('about:blank')
    await page.setContent(`<iframe src="${servers.url}${listPath(account)}"></iframe>`)
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^(?:chrome-error:|about:neterror.e=cspBlocked)/)
    policyReports.length = 0
  },
)
