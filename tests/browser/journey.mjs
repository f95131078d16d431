// The steps of May I?, as a person takes them. A story says who, what, with whom and how, and the answers to the questions
// that come, found by their words.
import { follow } from './browser.mjs'

export const stories = {
  refused: {
    actor: ['teacher'],
    act: 'accept-request',
    done: 'no',
    other: ['our-pupil'],
    via: ['personal-account'],
    answers: []
  },
  allowed: {
    actor: ['teacher'],
    act: 'share-official',
    done: 'no',
    other: [],
    via: ['personal-account'],
    answers: [['list of approved accounts', 'yes'], ['', 'no']]
  }
}

// Beside the others: it asks two dozen questions, one by one, about who can be seen.
export const photo = {
  actor: ['account-owner', 'teacher'],
  act: 'post-photo',
  done: 'no',
  other: [],
  via: ['official-account'],
  shown: [['our-pupil', '1']],
  answers: [['show a pupil', 'yes'], ['show any child', 'yes'], ['pupil 1', 'yes'], ['pupil of ours 1', 'yes'], ['', 'no']]
}

// As a person does it: on its label, which is not covered by anything.
async function tick (page, input) {
  if (!await input.isChecked()) await page.locator(`label[for="${await input.getAttribute('id')}"]`).click()
}

// Ticks a box or radio, opening the fold that hides it.
async function choose (page, name, value) {
  const input = page.locator(`input[name="${name}"][value="${value}"]`)
  const fold = page.locator('details:not([open])', { has: page.locator(`input[name="${name}"][value="${value}"]`) })
  if (await fold.count() > 0) await fold.locator('summary').first().click()
  await tick(page, input)
}

export const go = page => follow(page.locator('main form button:has-text("Continue")').first())

// `way` is may, or compare: the same pages, asked for several policies.
export async function start (page, base, story, way = 'may') {
  await page.goto(base + (way === 'may' ? '/may' : '/compare/who'))
  for (const role of story.actor) await choose(page, 'actor', role)
  await go(page)
  await choose(page, 'act', story.act)
  await go(page)
  if (await page.locator('input[name="done"]').count() > 0) await choose(page, 'done', story.done)
  for (const role of story.other) await choose(page, 'other', role)
  for (const channel of story.via) await choose(page, 'via', channel)
  await go(page)
}

// Answers one question by its words, or with "I don't know". Gives the question.
export async function answerOne (page, answers = []) {
  const asked = (await page.locator('h1').first().innerText()).trim()
  const known = answers.find(([part]) => asked.includes(part))
  const box = page.locator('input[name="answer"][type="text"]')
  if (await box.count() > 0) {
    if (known && /^[0-9]/.test(known[1])) {
      await box.fill(known[1])
      await go(page)
    } else {
      await follow(page.locator('button[name="unknown"]'))
    }
  } else {
    const wanted = page.locator(`input[name="answer"][value="${known ? known[1] : "don't know"}"]`)
    const unknown = page.locator('input[name="answer"][value="don\'t know"]')
    await tick(page, await wanted.count() > 0 ? wanted : unknown)
    await go(page)
  }
  return asked
}

// To the end; gives the questions that were put.
export async function finish (page, base, story, way = 'may') {
  const asked = []
  const shown = [...(story.shown ?? [])]
  while (!page.url().endsWith(`/${way}/answer`)) {
    if (asked.length > 40) throw new Error('too many questions: ' + asked.join(' | '))
    if (page.url().endsWith(`/${way}/shown`)) {
      const [role, count] = shown.shift() ?? ['no-one-more', '1']
      await tick(page, page.locator(`input[name="role"][value="${role}"]`))
      await page.locator('input[name="count"]').fill(count)
      await go(page)
      asked.push('shown')
    } else if (page.url().endsWith(`/${way}/question`)) {
      asked.push(await answerOne(page, story.answers))
    } else {
      throw new Error('not on the way: ' + page.url())
    }
  }
  return asked
}
