// Chromium as the tests use it: Debian's, headless, without a word to the outside.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 900 }

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--no-default-browser-check',
  '--disable-extensions', '--disable-domain-reliability', '--metrics-recording-only', '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']

export function launch () {
  const cache = mkdtempSync(path.join(tmpdir(), 'lanyard-cache-'))
  process.once('exit', () => rmSync(cache, { recursive: true, force: true, maxRetries: 3 }))
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...flags, `--disk-cache-dir=${cache}`]
  })
}

// Where a page was led on and no test waited for it: `run` in checks.mjs fails the case.
export const strays = []

const waited = async (page, act) => {
  page.waited++
  try {
    return await act()
  } finally {
    page.waited--
  }
}

// Playwright's click ends before the page that it asks for has come, and what is read then can be of the page before. So
// whatever leads to another page goes through here: until that page's document has taken the other's place and is whole.
const next = (page, act) => waited(page, async () => {
  await Promise.all([page.waitForEvent('framenavigated', frame => frame === page.mainFrame()), act()])
  await page.waitForLoadState()
})

export const follow = locator => next(locator.page(), () => locator.click())
export const followKey = (page, key) => next(page, () => page.keyboard.press(key))

// Says so where the page goes on by itself, by a click without follow for one.
function guard (page) {
  page.waited = 0
  for (const name of ['goto', 'goBack', 'reload', 'waitForURL']) {
    const move = page[name].bind(page)
    page[name] = (...words) => waited(page, () => move(...words))
  }
  page.on('request', request => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && page.waited === 0) strays.push(request.method() + ' ' + request.url())
  })
}

const isOutside = address => /^(http|ws)/.test(address) && new URL(address).hostname !== '127.0.0.1'

// Whatever a page would fetch from elsewhere is remembered, and finds no name server. It is not stopped by a route of
// Playwright's, which would have every request come by here and turn the browser's cache off.
async function make (browser, viewport, script) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: script, locale: 'en-GB' })
  const page = await context.newPage()
  guard(page)
  page.on('request', request => {
    page.addresses.push(request.url())
    if (isOutside(request.url())) page.outside.push(request.url())
  })
  page.on('console', message => { // the print page names no icon, and the browser asks for one by itself
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) page.troubles.push(message.text())
  })
  page.on('pageerror', error => page.troubles.push(String(error)))
  return page
}

// The first page of a context costs Chromium a second: a process, and all scripts compiled anew. So a page that a test leaves
// goes to the next that wants one like it, without its cookies, which are all that our pages leave in a browser.
const left = new Map()

export async function open (browser, { viewport = DESK, script = true } = {}) {
  const kind = JSON.stringify([viewport, script])
  const page = left.get(kind)?.pop() ?? await make(browser, viewport, script)
  return Object.assign(page, { kind, outside: [], addresses: [], troubles: [] })
}

export async function leave (page) {
  await page.context().unrouteAll()
  await page.context().clearCookies()
  left.set(page.kind, [...left.get(page.kind) ?? [], page])
}
