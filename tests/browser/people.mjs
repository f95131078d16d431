// The school that make-school leaves behind, served, with people who are signed in already. Used by tests and by the pictures.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { follow, open } from './browser.mjs'
import { program, startServer } from './serve.mjs'

const maker = process.env.LANYARD_MAKE_SCHOOL ?? path.join(path.dirname(program), 'tests/page/make-school')

export async function openSchool () {
  const said = execFileSync(maker, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, CMOCKA_MESSAGE_OUTPUT: 'STDOUT' } })
  const folder = said.match(/^folder (\S+)$/m)[1]
  const people = Object.fromEntries([...said.matchAll(/^([a-z]+) ([0-9a-f]{32}) (\S+)$/gm)].map(([, who, id, cookie]) => [who, { id, cookie }]))
  const server = await startServer(folder)
  const stop = async () => {
    const code = await server.stop()
    rmSync(path.dirname(folder), { recursive: true })
    return code
  }
  return { server, people, stop }
}

// Does its work in a school of its own; none of the words may stand in the server's log afterwards.
export async function inSchoolWithout (secrets, work) {
  const school = await openSchool()
  try {
    await work(school)
    for (const words of secrets) assert.ok(!school.server.log.includes(words), words + ' in the log')
  } finally {
    assert.equal(await school.stop(), 0)
  }
}

// A page of somebody's own: signed in as they are.
export async function enter (browser, school, who, options) {
  const page = await open(browser, options)
  await page.context().addCookies([{ name: 'lanyard-signed-in', value: school.people[who].cookie, url: school.server.address, httpOnly: true, sameSite: 'Strict' }])
  page.to = address => page.goto(school.server.address + address)
  return page
}

export const press = (page, words) => follow(page.locator(`main button:has-text("${words}")`).first())
export const link = (page, words) => follow(page.locator(`main a:has-text("${words}")`).first())
export const heading = page => page.locator('h1').first().innerText()
export const choose = (page, words) => page.locator(`main label:has-text("${words}")`).first().click()

export async function day (page, name, date) {
  await page.fill(`[name="${name}-day"]`, String(date.getDate()))
  await page.fill(`[name="${name}-month"]`, String(date.getMonth() + 1))
  await page.fill(`[name="${name}-year"]`, String(date.getFullYear()))
}
