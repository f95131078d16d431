// Chromium as the tests use it: Debian's, headless, without a word to the outside.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 900 }

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--no-default-browser-check',
  '--disable-extensions', '--disable-domain-reliability', '--metrics-recording-only', '--no-pings']

export function launch () {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...flags, `--disk-cache-dir=${mkdtempSync(path.join(tmpdir(), 'lanyard-cache-'))}`]
  })
}

// A page of its own context; whatever it would fetch from elsewhere is stopped and remembered.
export async function open (browser, { viewport = DESK, script = true } = {}) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: script, locale: 'en-GB' })
  const page = await context.newPage()
  page.outside = []
  page.addresses = []
  page.troubles = []
  await context.route(url => url.hostname !== '127.0.0.1', route => {
    page.outside.push(route.request().url())
    return route.fulfill({ status: 200, contentType: 'text/html', body: '<title>Elsewhere</title><p>Elsewhere' })
  })
  page.on('request', request => page.addresses.push(request.url()))
  page.on('console', message => { if (message.type() === 'error') page.troubles.push(message.text()) })
  page.on('pageerror', error => page.troubles.push(String(error)))
  return page
}
