// The eighteen rules in Cedar, its policies parsed once (statefulIsAuthorized). It gives the decision and the policies that
// determined it; most of a call is the crossing between JavaScript and WebAssembly, which is what a program in Node pays.
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { flatten } from './requests.mjs';

const POSTS = 'action in [Action::"post", Action::"publish-photo", Action::"livestream"]';
const PERSONAL = 'context.account == "personal-account"';
const OFFICIAL = 'context.account == "official-account"';
const KNOWN = '["pupil", "former-pupil", "parent"].contains(context.person)';
const BY_WORD = 'action in [Action::"befriend", Action::"message"]';
const act = (id) => `action == Action::"${id}"`;
const person = (id) => `context.person == "${id}"`;

const RULES = {
  '1.1': ['forbid', act('befriend'), `${person('pupil')} && ${PERSONAL}`, 'context.family'],
  '1.2': ['forbid', act('befriend'), `${person('former-pupil')} && ${PERSONAL} && context.age < 18`, 'context.family'],
  '1.3': ['permit', act('befriend'), `${person('former-pupil')} && ${PERSONAL} && context.age >= 18`],
  '1.4': ['permit', BY_WORD, person('colleague')],
  '1.5': ['permit', BY_WORD, `${KNOWN} && ${PERSONAL} && context.family`],
  '2.1': ['forbid', act('message'), `${person('pupil')} && ${PERSONAL}`, 'context.family'],
  '2.2': ['permit', act('message'), `${KNOWN} && ${OFFICIAL}`],
  '2.3': ['forbid', act('message'), `${person('parent')} && ${PERSONAL}`, 'context.family'],
  '3.1': ['forbid', POSTS, OFFICIAL, 'context.registered && context.permission'],
  '3.2': ['permit', POSTS, `${OFFICIAL} && context.subject == "school life"`],
  '3.3': ['forbid', act('open-account'), OFFICIAL, 'context.approved'],
  '3.4': ['permit', act('open-account'), `${OFFICIAL} && context.approved`],
  '4.1': ['forbid', act('publish-photo'), 'context.showsPupil', 'context.consent'],
  '4.2': ['forbid', act('publish-photo'), 'context.showsPupil && context.fullName'],
  '4.3': ['forbid', act('livestream'), 'true', 'context.headAgreed && context.staffPresent >= 2'],
  '5.1': ['permit', POSTS, `${PERSONAL} && context.subject == "private life"`],
  '5.2': ['forbid', POSTS, `${PERSONAL} && context.subject == "pupils"`],
  '6.1': ['forbid', 'action', `${OFFICIAL} && context.suspended && action != Action::"befriend"`],
};

function policyText([effect, scope, when, unless]) {
  return `${effect} (principal, ${scope}, resource) when { ${when} }${unless ? ` unless { ${unless} }` : ''};`;
}

const staticPolicies = Object.fromEntries(
  Object.entries(RULES).map(([id, rule]) => [id, policyText(rule)]));
const parsed = preparsePolicySet('bench', { staticPolicies, templates: {}, templateLinks: [] });
if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));

function call(one) {
  const { act: id, ...context } = flatten(one);
  return {
    principal: { type: 'User', id: 'teacher' },
    action: { type: 'Action', id },
    resource: { type: 'Organisation', id: 'school' },
    context,
    preparsedPolicySetId: 'bench',
    entities: [],
  };
}

export const name = 'cedar';
export const title = 'cedar-wasm, policies parsed beforehand';
export const prepare = (requests) => requests.map(call);
export const decide = (one) => statefulIsAuthorized(one);
export const allowed = (answer) => {
  if (answer.type !== 'success' || answer.response.diagnostics.errors.length) throw new Error(JSON.stringify(answer));
  return answer.response.decision === 'allow';
};
