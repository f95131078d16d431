// The eighteen rules in CASL: permissions first, prohibitions after them, as its last-rule-wins order asks. `can()` gives yes
// or no; it knows no duties. A lifted clause is written into the conditions, and as its conditions know no `or`, a rule with one
// becomes two.
import { createMongoAbility, AbilityBuilder } from '@casl/ability';
import { flatten } from './requests.mjs';

const POSTS = ['post', 'publish-photo', 'livestream'];
const PERSONAL = 'personal-account';
const OFFICIAL = 'official-account';

class Request {
  constructor(flat) {
    Object.assign(this, flat);
  }
}

function permissions(can) {
  can('befriend', 'Request', { person: 'former-pupil', account: PERSONAL, age: { $gte: 18 } });
  can(['befriend', 'message'], 'Request', { person: 'colleague' });
  can(['befriend', 'message'], 'Request', {
    person: { $in: ['pupil', 'former-pupil', 'parent'] }, account: PERSONAL, family: true });
  can('message', 'Request', { person: { $in: ['pupil', 'former-pupil', 'parent'] }, account: OFFICIAL });
  can(POSTS, 'Request', { account: OFFICIAL, subject: 'school life' });
  can('open-account', 'Request', { account: OFFICIAL, approved: true });
  can(POSTS, 'Request', { account: PERSONAL, subject: 'private life' });
}

function prohibitions(cannot) {
  cannot('befriend', 'Request', { person: 'pupil', account: PERSONAL, family: false });
  cannot('befriend', 'Request', { person: 'former-pupil', account: PERSONAL, age: { $lt: 18 }, family: false });
  cannot('message', 'Request', { person: 'pupil', account: PERSONAL, family: false });
  cannot('message', 'Request', { person: 'parent', account: PERSONAL, family: false });
  cannot(POSTS, 'Request', { account: OFFICIAL, registered: false });
  cannot(POSTS, 'Request', { account: OFFICIAL, permission: false });
  cannot('open-account', 'Request', { account: OFFICIAL, approved: false });
  cannot('publish-photo', 'Request', { showsPupil: true, consent: false });
  cannot('publish-photo', 'Request', { showsPupil: true, fullName: true });
  cannot('livestream', 'Request', { headAgreed: false });
  cannot('livestream', 'Request', { staffPresent: { $lt: 2 } });
  cannot(POSTS, 'Request', { account: PERSONAL, subject: 'pupils' });
  cannot([...POSTS, 'message', 'open-account'], 'Request', { account: OFFICIAL, suspended: true });
}

const { can, cannot, build } = new AbilityBuilder(createMongoAbility);
permissions(can);
prohibitions(cannot);
const ability = build({ detectSubjectType: (one) => one.constructor.name });

export const name = 'casl';
export const title = 'CASL can()';
export const prepare = (requests) => requests.map((one) => new Request(flatten(one)));
export const decide = (r) => ability.can(r.act, r);
export const allowed = (decision) => decision;
