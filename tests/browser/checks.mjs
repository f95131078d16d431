// What every browser test asks of a page, and the running of a file of tests as TAP.
import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import { strays } from './browser.mjs'

const Axe = AxeBuilder.default ?? AxeBuilder

// All that axe goes by, of a page and of each section of it: the elements and what they say of themselves, whether there are
// words in them but not which, and not whose page it is. The same again at the same width is not scanned again.
const looks = page => page.evaluate(() => {
  const shape = html => html.replace(/<input type="hidden"[^>]*>/g, '').replace(/[0-9a-f]{32}/g, 'id').replace(/>[^<]*[^<\s][^<]*</g, '>words<')
  const fields = [...document.querySelectorAll('input:not([type="hidden"]), select, textarea')]
  const whole = [innerWidth, shape(document.documentElement.outerHTML), fields.map(field => [field.checked, field.value !== '']), document.activeElement?.id]
  return [JSON.stringify(whole), ...[...document.querySelectorAll('section')].map(one => innerWidth + shape(one.outerHTML))]
})
const scanned = new Set()

const mark = (page, known) => page.evaluate(known => {
  for (const [at, one] of document.querySelectorAll('section').entries()) one.toggleAttribute('data-scanned', known[at] ?? false)
}, known)

// What axe calls legacy is one run in the page itself; the other way, for frames, has a second page put the parts together, and
// no page of ours has a frame. What passed is not told in full: nobody reads it, and telling it takes a third of the time.
async function checkAxe (page, where) {
  assert.equal(page.frames().length, 1, where)
  const [look, ...sections] = await looks(page)
  if (scanned.has(look)) return
  const known = sections.map(section => scanned.has(section))
  const axe = new Axe({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (known.includes(true)) {
    await mark(page, known)
    axe.exclude('[data-scanned]')
  }
  const found = await axe.analyze()
  if (known.includes(true)) await mark(page, [])
  const words = found.violations.map(v => `${v.id}: ${v.help} (${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join('; ')})`)
  assert.deepEqual(words, [], where)
  for (const one of [look, ...sections]) scanned.add(one)
}

async function fitsWidth (page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(over <= 0, `${where}: ${over} px wider than the screen`)
}

export const settled = async (page, where) => {
  await page.waitForLoadState() // a page that has only begun has no width yet
  await fitsWidth(page, where)
  await checkAxe(page, where)
  assert.deepEqual(page.troubles, [], where)
  assert.deepEqual(page.outside, [], where)
}

// Tab until the element has the focus, as somebody without a mouse would.
export async function tabTo (page, selector) {
  for (let tries = 0; tries < 200; tries++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(s => document.activeElement?.matches(s) ?? false, selector)) return
  }
  throw new Error('the keyboard does not reach ' + selector)
}

// The tests of one file: `test` adds one, `run` runs them all and sets the exit code.
export function suite () {
  const tests = []
  const run = async () => {
    console.log(`1..${tests.length}`)
    let failed = 0
    for (const [at, [name, body]] of tests.entries()) {
      strays.length = 0
      try {
        await body()
        assert.deepEqual(strays, [], 'led on, and nobody waited: use follow')
        console.log(`ok ${at + 1} - ${name}`)
      } catch (error) {
        failed++
        console.log(`not ok ${at + 1} - ${name}`)
        console.log(String(error.stack ?? error).split('\n').map(line => '  # ' + line).join('\n'))
      }
    }
    process.exitCode = failed > 0 ? 1 : 0
  }
  return { test: (name, body) => tests.push([name, body]), run }
}
