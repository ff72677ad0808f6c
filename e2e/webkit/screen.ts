import { By, error, Key, type WebDriver, type WebElement } from 'selenium-webdriver'
import { expect } from '../bigv.ts'
import { DISPLAY } from './browser.ts'

// Selects by role and label, which WebDriver can't do by itself: a script finds the elements that may be meant, and WebKit's
// own accessibility tree has the last word.

/** The elements that can have a role, besides those with a `role` attribute. */
const TAGS: Record<string, string> = {
  button: 'button, summary',
  link: 'a[href]',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  combobox: 'select',
  textbox: 'input, textarea',
  heading: 'h1, h2, h3',
  row: 'tr',
  columnheader: 'th',
  listitem: 'li',
  region: 'section',
  navigation: 'nav',
  main: 'main',
  dialog: 'dialog',
}
const FIELDS = 'input, select, textarea'

/** Runs in the page: the visible elements that match the selector and whose text or label contains the name. */
const CANDIDATES = `
  const [root, selector, name, isPattern] = arguments
  const squeeze = (text) => (text ?? '').replace(/\\s+/g, ' ').trim()
  const labelled = (element) => (element.getAttribute('aria-labelledby') ?? '').split(' ')
    .map((id) => id && document.getElementById(id)?.textContent).join(' ')
  const names = (element) => [element.getAttribute('aria-label'), labelled(element), element.textContent,
    [...(element.labels ?? [])].map((label) => label.textContent).join(' '), element.title].map(squeeze)
  const matches = (text) => (isPattern ? new RegExp(name, 'u').test(text) : text.includes(name))
  return [...(root ?? document).querySelectorAll(selector)].filter((element) =>
    element.checkVisibility() && !element.closest('[aria-hidden=true], [inert]') &&
    (name === null || names(element).some(matches)))`

type Name = string | RegExp

/** Describes elements of the page. They are looked up at each use, because React may replace them. */
export class Target {
  readonly #driver: WebDriver
  readonly #find: () => Promise<WebElement[]>
  readonly #what: string

  constructor(driver: WebDriver, what: string, find: () => Promise<WebElement[]>) {
    this.#driver = driver
    this.#find = find
    this.#what = what
  }

  /** The elements of this role and name inside: a string is the whole name. */
  role(role: string, name?: Name): Target {
    const selector = [`[role=${role}]`, TAGS[role]].filter(Boolean).join(', ')
    return this.#inside(`${role} “${name ?? ''}”`, selector, name, async (element) => {
      const [is, label] = await Promise.all([element.getAriaRole(), element.getAccessibleName()])
      return is === role && isNamed(label, name)
    })
  }

  /** The field with this label: a string is the whole label. */
  label(label: Name): Target {
    return this.#inside(`field “${label}”`, FIELDS, label, async (element) =>
      isNamed(await element.getAccessibleName(), label),
    )
  }

  /** Only those of the elements that contain the text. */
  with(text: Name): Target {
    return new Target(this.#driver, `${this.#what} with “${text}”`, async () => {
      const all = await this.#find()
      const texts = await Promise.all(all.map(textOf))
      return all.filter((_, at) =>
        text instanceof RegExp ? text.test(texts[at] ?? '') : texts[at]?.includes(text),
      )
    })
  }

  #inside(
    what: string,
    selector: string,
    name: Name | undefined,
    is: (element: WebElement) => Promise<boolean>,
  ) {
    return new Target(this.#driver, `${what} in ${this.#what}`, async () => {
      const roots = await this.#find()
      const wanted = name instanceof RegExp ? name.source : (name ?? null)
      const found = await Promise.all(
        roots.map((root) =>
          this.#driver.executeScript<WebElement[]>(
            CANDIDATES,
            root,
            selector,
            wanted,
            name instanceof RegExp,
          ),
        ),
      )
      const candidates = found.flat()
      const right = await Promise.all(candidates.map(is))
      return candidates.filter((_, at) => right[at])
    })
  }

  /** The matching elements that are on the page now. */
  async all(): Promise<WebElement[]> {
    try {
      return await this.#find()
    } catch (problem) {
      // React has replaced an element meanwhile; the next call finds the new one.
      if (isGone(problem)) return []
      throw problem
    }
  }

  /** Waits until exactly one element matches. */
  async one(): Promise<WebElement> {
    await expect.poll(async () => (await this.all()).length, { message: this.#what }).toBe(1)
    const [element] = await this.all()
    return element ?? this.one()
  }

  /** Waits until exactly one element matches, and uses it. Tries again if React has replaced it meanwhile. */
  async #use<T>(use: (element: WebElement) => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      const element = await this.one()
      try {
        return await use(element)
      } catch (problem) {
        if (tries === 3 || !isGone(problem)) throw problem
      }
    }
  }

  click(): Promise<void> {
    return this.#use(async (element) => {
      // WebDriver takes what is under the sticky header for visible.
      await this.#driver.executeScript(
        "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' })",
        element,
      )
      await element.click()
    })
  }

  /** Replaces a field's text, or chooses an option of a select. */
  fill(text: string): Promise<void> {
    return this.#use(async (element) => {
      if ((await element.getTagName()) === 'select') {
        await element.findElement(By.xpath(`.//option[normalize-space()="${text}"]`)).click()
      } else {
        // WebDriver's own "clear" bypasses React, which would then restore the text.
        await element.click()
        const actions = this.#driver.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL)
        await actions.sendKeys(Key.DELETE, text).perform()
      }
    })
  }

  /** True if the one matching element has the focus. */
  isFocused(): Promise<boolean> {
    return this.#use((element) =>
      this.#driver.executeScript<boolean>('return document.activeElement === arguments[0]', element),
    )
  }

  /** The element's position and size in the window. */
  box(): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.#use((element) => element.getRect())
  }

  /** The texts of all matching elements, from top to bottom. */
  async texts(): Promise<string[]> {
    const all = await this.all()
    return Promise.all(all.map(textOf))
  }

  async shows(text: Name): Promise<void> {
    const texts = expect.poll(async () => (await this.texts()).join('\n'), { message: this.#what })
    await (text instanceof RegExp ? texts.toMatch(text) : texts.toContain(text))
  }

  async isShown(): Promise<void> {
    await this.one()
  }

  async isGone(): Promise<void> {
    await expect.poll(async () => (await this.all()).length, { message: this.#what }).toBe(0)
  }
}

function isNamed(label: string, name: Name | undefined): boolean {
  if (name === undefined) return true
  return name instanceof RegExp ? name.test(label) : label.trim() === name
}

function isGone(problem: unknown): boolean {
  return problem instanceof error.StaleElementReferenceError || problem instanceof error.NoSuchElementError
}

async function textOf(element: WebElement): Promise<string> {
  try {
    return await element.getProperty('innerText')
  } catch (problem) {
    if (isGone(problem)) return ''
    throw problem
  }
}

/** The page in WebKit. */
export class Screen extends Target {
  readonly driver: WebDriver
  readonly #url: string

  constructor(driver: WebDriver, url: string) {
    super(driver, 'the page', async () => [await driver.findElement(By.css('body'))])
    this.driver = driver
    this.#url = url
  }

  async open(path: string): Promise<void> {
    await this.driver.get(this.#url + path)
  }

  async expectPath(path: string | RegExp): Promise<void> {
    const now = expect.poll(async () => (await this.driver.getCurrentUrl()).slice(this.#url.length))
    await (path instanceof RegExp ? now.toMatch(path) : now.toBe(path))
  }

  /** Makes the page this wide, and at least 700 px high. */
  async resize(width: number, height = 800): Promise<void> {
    // Without a window manager, only the window under the display's pointer has the focus: elsewhere, nothing matches :focus-visible.
    const x = Math.round((DISPLAY.width - width) / 2)
    await this.driver.manage().window().setRect({ x, y: 0, width, height })
    await expect
      .poll(() => this.driver.executeScript('return [innerWidth, document.hasFocus()]'))
      .toEqual([width, true])
  }

  /** Presses keys one after another, wherever the focus is; several in an array together. */
  async press(...keys: (string | string[])[]): Promise<void> {
    for (const key of keys) {
      const together = typeof key === 'string' ? [key] : key
      const actions = this.driver.actions()
      for (const each of together) actions.keyDown(each)
      for (const each of together.toReversed()) actions.keyUp(each)
      await actions.perform()
    }
  }

  /** Types a text wherever the focus is. */
  async type(text: string): Promise<void> {
    await this.driver.actions().sendKeys(text).perform()
  }

  /** The accessible name of the focused element. */
  async focused(): Promise<string> {
    return (await this.driver.switchTo().activeElement()).getAccessibleName()
  }
}
