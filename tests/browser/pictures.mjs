// Takes the pictures in docs/images, on a phone and at a desk. Usage: node pictures.mjs [FOLDER]; with a FOLDER every page.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DESK, PHONE, follow, launch, leave, open } from './browser.mjs'
import { be, openDemo, visit } from './demo.mjs'
import { makeFiles } from './import.mjs'
import { finish, go, start, stories } from './journey.mjs'
import { enter, openSchool, press } from './people.mjs'
import { others, policy, startServer } from './serve.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const folder = process.argv[2] ?? path.resolve(here, '../../docs/images')
const kept = ['home', 'policy', 'what', 'question', 'answer-refused', 'answer-allowed', 'compare', 'people', 'import', 'demo', 'waiting', 'changes', 'overview']
mkdirSync(folder, { recursive: true })

// The README's: from the page's head to the end of one part of it.
async function top (page, name, part) {
  const box = await page.locator(part).boundingBox()
  const clip = { x: 0, y: 0, width: page.viewportSize().width, height: Math.round(box.y + box.height + 15) }
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, clip })
}

const server = await startServer()
const several = await startServer(policy, ...others)
const school = await openSchool()
const demo = await openDemo()
const rosters = mkdtempSync(path.join(tmpdir(), 'lanyard-import-'))
const files = makeFiles(rosters, 12)
const browser = await launch()
for (const [size, viewport] of [['phone', PHONE], ['desk', DESK]]) {
  const take = async (page, name, full = false) => {
    if (!process.argv[2] && !kept.includes(name)) return
    await page.evaluate(() => window.scrollTo(0, 0))
    await page.screenshot({ path: path.join(folder, `${name}-${size}.png`), fullPage: full })
  }
  const page = await open(browser, { viewport })
  await page.goto(server.address + '/')
  await take(page, 'home', true)
  await page.goto(server.address + '/policy')
  await take(page, 'policy')
  await page.goto(server.address + '/policy#c-5.2a')
  await page.screenshot({ path: path.join(folder, `clause-${size}.png`) })
  await page.goto(server.address + '/policy/print')
  await take(page, 'print')
  await page.goto(server.address + '/may')
  await take(page, 'who', true)
  await page.locator('input[name="actor"][value="teacher"]').check({ force: true })
  await follow(page.locator('main form button').first())
  await page.locator('details summary').first().click()
  await take(page, 'what', true)
  await page.locator('input[name="act"][value="accept-request"]').check({ force: true })
  await go(page)
  await take(page, 'how', true)
  await start(page, server.address, stories.refused)
  if (page.url().endsWith('/may/question')) await take(page, 'question')
  await finish(page, server.address, stories.refused)
  await take(page, 'answer-refused', true)
  if (size === 'desk') await top(page, 'answer', '.lanyard-do')
  await page.goto(server.address + '/may/check')
  await take(page, 'check', true)
  const other = await open(browser, { viewport })
  await start(other, server.address, stories.allowed)
  if (other.url().endsWith('/may/question')) await take(other, 'question')
  await finish(other, server.address, stories.allowed)
  await take(other, 'answer-allowed', true)
  const all = await open(browser, { viewport })
  await all.goto(several.address + '/compare')
  await take(all, 'compare-acts', true)
  await start(all, several.address, stories.refused, 'compare')
  await finish(all, several.address, stories.refused, 'compare')
  await take(all, 'compare', true)
  const { people } = school
  const pages = [['start', 'head', '/home'], ['people', 'office', '/people'], ['person', 'office', `/people/${people.teacher.id}`],
    ['person-add', 'office', '/people/add'], ['propose', 'admin', `/people/propose/${people.teacher.id}`], ['roles', 'head', '/roles'],
    ['bar', 'dsl', `/people/bar/${people.pupil.id}`], ['absences', 'dsl', '/absences'], ['deputies', 'head', '/deputies'],
    ['organisations', 'head', '/organisations']]
  for (const [name, who, address] of pages) {
    const one = await enter(browser, school, who, { viewport })
    await one.to(address)
    if (name === 'propose' && size === 'phone') {
      await one.selectOption('#role', 'deputy-dsl')
      await press(one, 'Propose this role')
    }
    await take(one, name, name !== 'people')
    await leave(one)
  }
  const stranger = await visit(browser, demo, { viewport })
  await take(stranger, 'demo')
  await be(stranger, 'Teaching assistant')
  await take(stranger, 'waiting', true)
  await be(stranger, 'Chair of the board')
  await stranger.to('/versions')
  await follow(stranger.locator('main a[href^="/versions/"]:not([href$="bring"])').first())
  if (size === 'desk') await top(stranger, 'changes-desk', 'li.lanyard-change >> nth=0')
  else await take(stranger, 'changes', true)
  await be(stranger, 'Headteacher')
  await stranger.to('/overview')
  await take(stranger, 'overview', true)
  await leave(stranger)
  const admin = await enter(browser, school, 'admin', { viewport })
  await admin.to('/imports/new')
  await admin.setInputFiles('#people', files.whole)
  await press(admin, 'Look at it')
  await take(admin, 'import', true)
  await leave(admin)
}
await browser.close()
await server.stop()
await several.stop()
await school.stop()
await demo.stop()
rmSync(rosters, { recursive: true })
