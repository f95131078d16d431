// The eighteen rules as hand-written JavaScript, the way a programmer who wants speed would write them: a closure a rule,
// sorted by act beforehand, duties as shared frozen objects. It gives everything that Lanyard's decision gives here: verdict,
// strength, every clause that applies and every duty. No engine, no questions, no unknown facts.
import { flatten } from './requests.mjs';

const POSTS = ['post', 'publish-photo', 'livestream'];
const duty = (bearer, deed, object, within, clause) => Object.freeze({ bearer, deed, object, within, clause });
const personal = (r) => r.account === 'personal-account';
const official = (r) => r.account === 'official-account';

const MUST_NOT = 0;
const SHOULD_NOT = 1;
const MAY = 2;
const EVENT = 3;

// `base` and `except` as in the rule; `excepted` is owed where the exception is used; `despite` names the clause lifted.
const RULES = [
  { id: '1.1', modal: MUST_NOT, acts: ['befriend'],
    base: (r) => r.person === 'pupil' && personal(r), except: (r) => r.family,
    excepted: [duty('staff', 'tell', 'headteacher', '1 school day', '1.1')] },
  { id: '1.2', modal: MUST_NOT, acts: ['befriend'],
    base: (r) => r.person === 'former-pupil' && personal(r) && r.age < 18, except: (r) => r.family },
  { id: '1.3', modal: MAY, acts: ['befriend'],
    base: (r) => r.person === 'former-pupil' && personal(r) && r.age >= 18 },
  { id: '1.4', modal: MAY, acts: ['befriend', 'message'], base: (r) => r.person === 'colleague' },
  { id: '1.5', modal: MAY, acts: ['befriend', 'message'], despite: '2.3',
    base: (r) => r.family && personal(r) &&
      (r.person === 'pupil' || r.person === 'former-pupil' || r.person === 'parent') },
  { id: '2.1', modal: MUST_NOT, acts: ['message'],
    base: (r) => r.person === 'pupil' && personal(r), except: (r) => r.family,
    duties: [duty('staff', 'tell', 'dsl', 'the same school day', '2.1')] },
  { id: '2.2', modal: MAY, acts: ['message'],
    base: (r) => official(r) && (r.person === 'pupil' || r.person === 'former-pupil' || r.person === 'parent'),
    duties: [duty('staff', 'copy-in', 'colleague', null, '2.2')] },
  { id: '2.3', modal: SHOULD_NOT, acts: ['message'], base: (r) => r.person === 'parent' && personal(r),
    duties: [duty('staff', 'move-talk', null, null, '2.3')] },
  { id: '3.1', modal: MUST_NOT, acts: POSTS, base: official, except: (r) => r.registered && r.permission },
  { id: '3.2', modal: MAY, acts: POSTS, base: (r) => official(r) && r.subject === 'school life',
    duties: [duty('staff', 'keep-copy', null, null, '3.2')] },
  { id: '3.3', modal: MUST_NOT, acts: ['open-account'], base: official, except: (r) => r.approved },
  { id: '3.4', modal: MAY, acts: ['open-account'], base: (r) => official(r) && r.approved,
    duties: [duty('staff', 'record-account', null, '2 school days', '3.4')] },
  { id: '4.1', modal: MUST_NOT, acts: ['publish-photo'], base: (r) => r.showsPupil, except: (r) => r.consent,
    duties: [duty('staff', 'take-down', null, 'immediately', '4.1'),
      duty('staff', 'tell', 'headteacher', '1 school day', '4.1')] },
  { id: '4.2', modal: MUST_NOT, acts: ['publish-photo'], base: (r) => r.showsPupil && r.fullName,
    duties: [duty('staff', 'blot-name', null, null, '4.2')] },
  { id: '4.3', modal: MUST_NOT, acts: ['livestream'], base: () => true,
    except: (r) => r.headAgreed && r.staffPresent >= 2 },
  { id: '4.3', modal: EVENT, acts: ['livestream'], base: () => true,
    duties: [duty('staff', 'tell', 'parent', null, '4.3')] },
  { id: '5.1', modal: MAY, acts: POSTS, base: (r) => personal(r) && r.subject === 'private life' },
  { id: '5.2', modal: MUST_NOT, acts: POSTS, base: (r) => personal(r) && r.subject === 'pupils',
    duties: [duty('staff', 'tell', 'dsl', 'the same school day', '5.2')] },
  { id: '6.1', modal: MUST_NOT, acts: [...POSTS, 'message', 'open-account'],
    base: (r) => official(r) && r.suspended,
    duties: [duty('organisation', 'withdraw-access', null, 'immediately', '6.1')] },
];

// Most answers hold one clause and one duty: a rule's own list is handed out and a new one made only for the second.
const NONE = Object.freeze([]);
const join = (list, more) => (list === NONE ? more : list.concat(more));

// Every rule with the same members, so that one hidden class serves them all.
function complete({ id, modal, base, except = null, despite = null, duties = NONE, excepted = NONE }) {
  return Object.freeze({ id, ids: [id], modal, base, except, despite, duties, excepted });
}

// The rules of one act, those that lift others first.
function rulesOf(act) {
  const own = RULES.filter((rule) => rule.acts.includes(act)).map(complete);
  return own.filter((rule) => rule.despite).concat(own.filter((rule) => !rule.despite));
}

const BY_ACT = new Map();
for (const act of new Set(RULES.flatMap((rule) => rule.acts))) BY_ACT.set(act, rulesOf(act));

export function decide(r) {
  const rules = BY_ACT.get(r.act);
  let reasons = NONE;
  let duties = NONE;
  let promised = NONE; // the duties of a permission: owed only where nothing forbids
  let lifts = null;
  let strength = null;
  let permitted = false;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i];
    if (!rule.base(r)) continue;
    if (rule.except !== null && rule.except(r)) {
      if (rule.excepted !== NONE) duties = join(duties, rule.excepted);
      continue;
    }
    if (rule.id === lifts) continue;
    if (rule.despite !== null) lifts = rule.despite;
    if (rule.modal === EVENT) {
      duties = join(duties, rule.duties);
      continue;
    }
    reasons = join(reasons, rule.ids);
    if (rule.modal === MAY) {
      permitted = true;
      if (rule.duties !== NONE) promised = join(promised, rule.duties);
      continue;
    }
    if (rule.modal === MUST_NOT || strength === null) strength = rule.modal === MUST_NOT ? 'must' : 'should';
    if (rule.duties !== NONE) duties = join(duties, rule.duties);
  }
  if (strength !== null) return { verdict: 'not-allowed', strength, reasons, duties };
  if (promised !== NONE) duties = join(duties, promised);
  return { verdict: permitted ? 'allowed' : 'no-clause', strength, reasons, duties };
}

export const name = 'js';
export const title = 'JavaScript closures, all reasons and duties';
export const prepare = (requests) => requests.map(flatten);
export const allowed = (decision) => decision.verdict === 'allowed';
