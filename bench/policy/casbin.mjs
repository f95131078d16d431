// The eighteen rules in casbin: a row an act and rule, the condition evaluated by its expression library, any deny wins.
// enforceSync() gives yes or no.
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { flatten } from './requests.mjs';

const MODEL = `
[request_definition]
r = act, req
[policy_definition]
p = act, condition, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.act == p.act && eval(p.condition)
`;

const POSTS = ['post', 'publish-photo', 'livestream'];
const PERSONAL = "r.req.account == 'personal-account'";
const OFFICIAL = "r.req.account == 'official-account'";
const person = (id) => `r.req.person == '${id}'`;
const KNOWN = `(${person('pupil')} || ${person('former-pupil')} || ${person('parent')})`;

const RULES = [
  [['befriend'], `${person('former-pupil')} && ${PERSONAL} && r.req.age >= 18`, 'allow'],
  [['befriend', 'message'], person('colleague'), 'allow'],
  [['befriend', 'message'], `${KNOWN} && ${PERSONAL} && r.req.family`, 'allow'],
  [['message'], `${KNOWN} && ${OFFICIAL}`, 'allow'],
  [POSTS, `${OFFICIAL} && r.req.subject == 'school life'`, 'allow'],
  [['open-account'], `${OFFICIAL} && r.req.approved`, 'allow'],
  [POSTS, `${PERSONAL} && r.req.subject == 'private life'`, 'allow'],
  [['befriend'], `${person('pupil')} && ${PERSONAL} && !r.req.family`, 'deny'],
  [['befriend'], `${person('former-pupil')} && ${PERSONAL} && r.req.age < 18 && !r.req.family`, 'deny'],
  [['message'], `${person('pupil')} && ${PERSONAL} && !r.req.family`, 'deny'],
  [['message'], `${person('parent')} && ${PERSONAL} && !r.req.family`, 'deny'],
  [POSTS, `${OFFICIAL} && !(r.req.registered && r.req.permission)`, 'deny'],
  [['open-account'], `${OFFICIAL} && !r.req.approved`, 'deny'],
  [['publish-photo'], 'r.req.showsPupil && !r.req.consent', 'deny'],
  [['publish-photo'], 'r.req.showsPupil && r.req.fullName', 'deny'],
  [['livestream'], '!(r.req.headAgreed && r.req.staffPresent >= 2)', 'deny'],
  [POSTS, `${PERSONAL} && r.req.subject == 'pupils'`, 'deny'],
  [[...POSTS, 'message', 'open-account'], `${OFFICIAL} && r.req.suspended`, 'deny'],
];

const rows = RULES.flatMap(([acts, condition, effect]) =>
  acts.map((act) => `p, ${act}, "${condition}", ${effect}`));
const enforcer = await newEnforcer(newModelFromString(MODEL), new StringAdapter(rows.join('\n')));

export const name = 'casbin';
export const title = 'casbin enforceSync()';
export const prepare = (requests) => requests.map(flatten);
export const decide = (r) => enforcer.enforceSync(r.act, r);
export const allowed = (decision) => decision;
