// Takes the pictures of keeping in docs/images, on a phone and at a desk, on the school that make-roles leaves behind
// (LANYARD_MAKE_SCHOOL). Usage: node keeping-pictures.mjs [FOLDER].
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DESK, PHONE, launch } from './browser.mjs'
import { finish, go, start, stories } from './journey.mjs'
import { enter, link, openSchool, press } from './people.mjs'

const folder = process.argv[2] ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/images')
const school = await openSchool()
const browser = await launch()

// What is there to be seen: a hold and an erasure that waits.
const head = await enter(browser, school, 'head', { viewport: DESK })
await head.to('/holds/place/' + school.people.teacher.id)
await head.fill('#reason', 'A tribunal asks for it')
await press(head, 'Place the hold')
await head.to('/erasures/ask/' + school.people.parent.id)
await head.fill('#reason', 'They asked for it')
await press(head, 'Ask for it')

for (const [size, viewport] of [['phone', PHONE], ['desk', DESK]]) {
  const take = (page, name) => page.screenshot({ path: path.join(folder, `${name}-${size}.png`), fullPage: true })
  const admin = await enter(browser, school, 'admin', { viewport })
  await admin.to('/holds')
  await take(admin, 'holds')
  await admin.to('/erasures')
  await link(admin, 'Look at it')
  await take(admin, 'erasure')
  const office = await enter(browser, school, 'office', { viewport })
  await start(office, school.server.address, { ...stories.refused, actor: ['employee'] })
  await office.to('/may/about')
  await office.fill('#name', 'pia')
  await press(office, 'Search')
  await press(office, 'The other person')
  await go(office)
  await finish(office, school.server.address, stories.refused)
  await take(office, 'answer-signed-in')
  const teacher = await enter(browser, school, 'teacher', { viewport })
  await teacher.to('/tell')
  await take(teacher, 'tell')
}
await browser.close()
await school.stop()
