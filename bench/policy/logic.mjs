// The eighteen rules in json-logic, over the very JSON that Lanyard reads: some permission and no prohibition, each stopping
// at the first that settles it. It gives yes or no; the JSON round adds JSON.parse before and JSON.stringify after.
import jsonLogic from 'json-logic-js';

const v = (path) => ({ var: path });
const fact = (id) => v(`facts.${id}`);
const is = (a, b) => ({ '===': [a, b] });
const all = (...parts) => ({ and: parts });
const any = (...parts) => ({ or: parts });
const not = (part) => ({ '!': [part] });

const act = (...ids) => (ids.length === 1 ? is(v('act'), ids[0]) : { in: [v('act'), ids] });
const other = (...ids) => (ids.length === 1 ? is(v('other.0'), ids[0]) : { in: [v('other.0'), ids] });
const POSTS = act('post', 'publish-photo', 'livestream');
const PERSONAL = is(v('via.0'), 'personal-account');
const OFFICIAL = is(v('via.0'), 'official-account');
const FAMILY = fact('close-family');
const subject = (value) => is(fact('subject'), value);

const PERMISSIONS = [
  all(act('befriend'), other('former-pupil'), PERSONAL, { '>=': [fact('other-age'), 18] }),
  all(act('befriend', 'message'), other('colleague')),
  all(act('befriend', 'message'), other('pupil', 'former-pupil', 'parent'), PERSONAL, FAMILY),
  all(act('message'), other('pupil', 'former-pupil', 'parent'), OFFICIAL),
  all(POSTS, OFFICIAL, subject('school life')),
  all(act('open-account'), OFFICIAL, fact('approved')),
  all(POSTS, PERSONAL, subject('private life')),
];

const PROHIBITIONS = [
  all(act('befriend'), other('pupil'), PERSONAL, not(FAMILY)),
  all(act('befriend'), other('former-pupil'), PERSONAL, { '<': [fact('other-age'), 18] }, not(FAMILY)),
  all(act('message'), other('pupil'), PERSONAL, not(FAMILY)),
  all(act('message'), other('parent'), PERSONAL, not(FAMILY)),
  all(POSTS, OFFICIAL, not(all(fact('registered'), fact('permission')))),
  all(act('open-account'), OFFICIAL, not(fact('approved'))),
  all(act('publish-photo'), fact('shows-pupil'), not(fact('photo-consent'))),
  all(act('publish-photo'), fact('shows-pupil'), fact('full-name')),
  all(act('livestream'), not(all(fact('head-agreed'), { '>=': [fact('staff-present'), 2] }))),
  all(POSTS, PERSONAL, subject('pupils')),
  all(act('post', 'publish-photo', 'livestream', 'message', 'open-account'), OFFICIAL, fact('suspended')),
];

const RULE = all(any(...PERMISSIONS), not(any(...PROHIBITIONS)));

export const name = 'json-logic';
export const title = 'json-logic-js';
export const prepare = (requests) => requests;
export const decide = (request) => jsonLogic.apply(RULE, request);
export const allowed = (decision) => decision;
export const answerJson = (text) =>
  JSON.stringify({ verdict: jsonLogic.apply(RULE, JSON.parse(text)) ? 'allowed' : 'not-allowed' });
