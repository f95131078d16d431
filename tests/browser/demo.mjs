// A demo as `lanyard init --demo` makes it, served; used by its test and by the pictures.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { follow, open } from './browser.mjs'
import { program, startServer } from './serve.mjs'

export async function openDemo () {
  const above = mkdtempSync(path.join(tmpdir(), 'lanyard-demo-'))
  const folder = path.join(above, 'trust')
  execFileSync(path.join(path.dirname(program), 'lanyard'), ['init', folder, '--demo'], { stdio: 'ignore' })
  const server = await startServer(folder)
  const stop = async () => {
    const code = await server.stop()
    rmSync(above, { recursive: true })
    return code
  }
  return { server, stop }
}

// A browser of its own, on the page with the buttons.
export async function visit (browser, demo, options) {
  const page = await open(browser, options)
  page.to = address => page.goto(demo.server.address + address)
  await page.to('/demo')
  return page
}

// By one press: the first of that title, as it stands above the name.
export async function be (page, title) {
  await page.to('/demo')
  await follow(page.locator('.lanyard-demo-person', { has: page.locator(`h3:text-is("${title}")`) }).locator('button').first())
}

export const titles = page => page.locator('.lanyard-demo-person h3').allInnerTexts()
