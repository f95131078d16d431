// From `lanyard init` to the sign-out in a real browser: the one-time link, a password, sign-in codes, recovery codes; on a
// phone and at a desk, without JavaScript too; axe on every page; what may never be in an address or in the log. Prints TAP.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DESK, PHONE, follow, launch, leave, open } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { heading, press } from './people.mjs'
import { policy, program, startServer } from './serve.mjs'

const { test, run } = suite()
const PASSWORD = 'heron kettle meadow'
const EMAIL = 'ada@hillside.example'
let browser

// RFC 6238 by hand, so that the program is not compared with its own library.
function code (seed, steps = 0) {
  const bits = [...seed].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps))
  const hash = createHmac('sha1', key).update(counter).digest()
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff
  return String(number % 1000000).padStart(6, '0')
}

async function made (work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-signin-'))
  const data = path.join(folder, 'data')
  const said = execFileSync(path.join(path.dirname(program), 'lanyard'), ['init', data, '--name', 'Hillside School',
    '--policy', policy, '--given', 'Ada', '--family', 'Byron', '--email', EMAIL], { encoding: 'utf8' })
  const link = said.match(/\/invitation\/[0-9a-f]{64}/)[0]
  const server = await startServer(data)
  try {
    await work(server, link)
  } finally {
    assert.equal(await server.stop(), 0)
    rmSync(folder, { recursive: true })
  }
}


async function signIn (page, server, password = PASSWORD) {
  await page.goto(server.address + '/sign-in')
  await page.fill('#email', EMAIL)
  await page.fill('#password', password)
  await press(page, 'Sign in')
}

// Where there is no script, axe has none either: there only the way itself is walked.
async function walk (page, server, link, look = settled) {
  const see = async words => {
    assert.equal(await heading(page), words)
    await look(page, words)
  }
  await page.goto(server.address + link)
  await see('Choose a password')
  await page.fill('#password', 'password1234')
  await press(page, 'Save my password')
  assert.match(await page.title(), /^Error: Choose a password/)
  await look(page, 'a password that will not do')
  await page.fill('#password', PASSWORD)
  await press(page, 'Save my password')
  await see('Your password is set')
  await follow(page.locator('a.govuk-button--start'))
  await see('Sign in')
  await signIn(page, server, 'not the password')
  assert.match(await page.locator('#password-error').innerText(), /is not right/)
  await look(page, 'a wrong password')
  await signIn(page, server)
  await see('Set up sign-in codes')
  const seed = (await page.locator('.lanyard-secret').innerText()).replaceAll(' ', '')
  await page.fill('#new-code', code(seed, -1))
  await page.fill('#password', PASSWORD)
  await press(page, 'Save')
  await see('Your sign-in codes are set up')
  const recovery = await page.locator('.lanyard-codes li').allInnerTexts()
  assert.equal(new Set(recovery).size, 10)
  await follow(page.locator('a:has-text("I have kept them")'))
  await see('My account')
  await follow(page.locator('a:has-text("Change your password")'))
  await see('Change your password')
  await page.goto(server.address + '/account/recovery')
  await see('Make new recovery codes')
  await page.goto(server.address + '/account/codes')
  await see('Set up sign-in codes')
  await page.goto(server.address + '/account')
  await press(page, 'Sign out')
  await see('You are signed out')
  await page.goto(server.address + '/account')
  await see('Sign in')
  await signIn(page, server)
  await see('Enter your sign-in code')
  await page.fill('#code', '000000')
  await press(page, 'Continue')
  assert.match(await page.locator('#code-error').innerText(), /does not hold/)
  await look(page, 'a wrong code')
  await page.fill('#code', code(seed))
  await press(page, 'Continue')
  assert.match(page.url(), /\/home$/)
  return [seed, PASSWORD, ...recovery]
}

for (const [size, viewport, script] of [['360 px', PHONE, true], ['1280 px', DESK, true], ['360 px, no JavaScript', PHONE, false]]) {
  test(`from the link to the account at ${size}`, () => made(async (server, link) => {
    const page = await open(browser, { viewport, script })
    const secrets = await walk(page, server, link, script ? settled : () => {})
    for (const address of page.addresses)
      for (const secret of [...secrets, EMAIL])
        assert.ok(!decodeURIComponent(address).includes(secret), address)
    for (const secret of [...secrets, EMAIL, link.split('/')[2]]) assert.ok(!server.log.includes(secret), server.log)
    await leave(page)
  }))
}

test('another browser knows nothing of it, and a page left open asks to sign in again', () => made(async (server, link) => {
  const page = await open(browser)
  await walk(page, server, link, () => {})
  const stranger = await open(browser)
  await stranger.goto(server.address + '/account')
  assert.equal(await heading(stranger), 'Sign in')
  await page.goto(server.address + '/account/password')
  await page.context().clearCookies()
  await page.fill('#password', PASSWORD)
  await page.fill('#new-password', 'violin gravel sunday')
  await press(page, 'Change my password')
  assert.match(await page.locator('main').innerText(), /no longer signed in/)
  await leave(page)
  await leave(stranger)
}))

browser = await launch()
await run()
await browser.close()
