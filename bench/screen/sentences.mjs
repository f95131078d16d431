// What a school's pages and those who comment on them write, as patterns. {word} is filled in by corpus.mjs. Data only.

// A school's own posts.
export const POST = [
  'Well done to everyone who took part in {event} {day}!',
  'Our Year {year} pupils had a {adjective} time at {place}, learning about {noun}s and the {adjective} history of the {noun}.',
  'A reminder that {event} takes place on {day} at {time} in the main hall.',
  'Congratulations to {given}, who has been chosen for the {county} under-{teen}s {sport} team.',
  'Thank you to the {noun} committee for raising £{money} towards the new {noun}.',
  'Please make sure that children bring a {adjective} packed lunch, a waterproof coat and sensible shoes.',
  'The {subject} department is looking for {adjective} {noun}s to use in lessons this half term.',
  'Results from the {sport} tournament: a hard-fought {small}-{small} draw against {school}, with goals from our Year {year} captain.',
  'This week in assembly we thought about {noun}, and why it matters to {verb} with others.',
  'Tickets for the school production of {play} go on sale on {day}, priced £{small} for adults and £{small} for children.',
  'We are {adverb} proud of how the whole school came together to {verb} for {charity}.',
  'Parents of children in Year {year}: letters about the residential went home in book bags today.',
  'The library now opens before school from {time}, so come along and {verb} with a good book.',
  'In science we investigated how a {noun} behaves when you {verb} it with a {noun}, and wrote up our findings.',
  'Our {club} club meets every {weekday} after school in room {small}.',
  'Applications for sixth form close on {date}; open evening begins at {time}.',
  'The kitchen team are serving {food} and {food} on {weekday}, with a vegetarian choice as always.',
  'Attendance last week was {percent}%, with {class} leading the way once again.',
  'A {adjective} effort from our cross-country runners, who finished in the top {small} of {money} entrants.',
  'Governors will be in school on {weekday} to {verb} the new {noun} and speak to pupils.',
  'Don\u2019t forget that {day} is a non-uniform day \u2013 bring a tin for the food bank!',
  'Key stage {keystage} have been writing {adjective} poems about the {noun}, and we think they are wonderful.',
  'The car park will be closed from {time} until {time} while the {noun} is delivered.',
  'Year {year} began their study of {topic} by handling {adjective} objects from the museum\u2019s loan box.',
  'We are recruiting! If you would love to work in a {adjective} and caring school, see the vacancies page.',
  'Swimming lessons for {class} start again after half term; please pack a towel and a hat.',
  'The choir sang {adverb} at the care home this morning, and several residents joined in.',
  'Our eco council planted {money} bulbs and built a {noun} for hedgehogs behind the bike sheds.',
  'Staff training on {date} means that the school is closed to pupils.',
  'Thank you for your patience during the {adjective} weather this morning.',
  'Look at these {adjective} {noun}s made by {class} in design and technology.',
  'Mock exams begin on {date}, so now is a good time to {verb} a revision plan.',
  'Breakfast club costs {money}p a session and must be booked by {time} the day before.',
  'The winning entry in the {noun} competition was a {adjective} {noun} by a pupil in Year {year}.',
];

// Parents and neighbours.
export const PARENT = [
  'Thank you so much, my daughter {adverb} loved it',
  'What time does it finish on {weekday}?',
  'Is there any more parking near {place}, it was {adjective} last year.',
  'Brilliant, well done to all the staff and children',
  'Does anybody have a spare {noun} in age {teen}? Happy to pay.',
  'My son left his {noun} on the coach, has it been handed in please',
  'Could someone tell me when the {subject} homework is due, he says {weekday} but I am not so sure',
  'Lovely photos! Such a {adjective} day out.',
  'We moved away in {yearnumber} and still miss this school.',
  'Sorry but I think it is {adjective} that we only get told about {event} the day before.',
  'How do we order the {noun}? The link in the letter does not work for me.',
  'So proud of Year {year}, they have worked {adverb} hard for this.',
  'Will it be {food} again? Asking for a fussy eater...',
  'Can\u2019t wait for {play}, we have booked the whole row!',
  'I remember when I was there, {subject} was in the huts and it was {adjective}.',
  'The traffic on the hill was {adverb} bad this morning, please {verb} with care.',
  'Has the uniform shop got any {noun}s left?',
  'We will be there with grandma and the {noun}',
  'Please could the office ring me about {noun} payments, thanks',
  'A massive thank you to the teachers who gave up their weekend.',
];

// Pupils and past pupils.
export const PUPIL = [
  'omg that was the best {noun} ever',
  'lol I can see myself at the back with the {noun}',
  'who else is going on {weekday}??',
  'this is so {adjective} haha',
  'miss we want another trip pls',
  'ur goal was {adjective} mate',
  'cant believe we lost {small}-{small} to them again',
  'when does the {noun} come out',
  'i swear {subject} gets harder every week',
  'nah the {food} was {adjective} today',
  'not me {adverb} crying at the leavers video',
  'anyone got the notes for {topic}',
  'that\u2019s well {adjective}, well done {given}',
  'bruh why is everyone wearing a {noun}',
  'year {year} were robbed',
  'i miss this school so much',
  'sir really did {verb} the {noun} in front of everyone',
  'we should {verb} more often',
  'idk if i can come, got {sport}',
  'best day of the year by far',
];

// What names somebody of the small roster, in full or nearly.
export const NAMED = [
  'Well done {named} on a {adjective} performance!',
  'A huge thank you to {named} for organising the {noun} stall.',
  '{named} won the {subject} prize this year.',
  'Is that {named} at the front?',
  'Congratulations to {named} and {named}, our new head pupils.',
  'Top scorer: {named} (Year {year})',
  'This \u201c{adjective}\u201d painting is by {named}.',
];

// Staff by title and family name; pupils by their first names.
export const TITLED = [
  'Thank you to {title} {family} and {title} {family} for making it such a {adjective} day.',
  'See {title} {family} in the office for a form.',
  '{title} {family} will be running the {club} club this term.',
  'Star of the week: {given} in {class}. Well done {given}!',
  '{given}, {given} and {given} came second in the relay.',
  'my daughter {given} has {title} {family} this year and loves it',
];

// Comments that tag somebody, who may be anybody.
export const TAGGED = ['{anybody}', '{anybody} look at this!', '{anybody} {anybody} remember this?', 'is that you {anybody}', '{anybody} we should go',
  '{anybody} \u{1F602}'];

export const CONTACT = [
  'ring me on {phone} if you have one',
  'Questions to {email} please.',
  'text {phone} after {time}',
  'You can reach the PTA at {email} or on {phone}.',
  'We are at {postcode} if anyone wants to collect it',
  'dm me, my insta is @{handle}',
  'add me on snap: {handle}',
];

export const LINK = [
  'More at https://www.{site}/news/{path}',
  'See {site}/{path} for details.',
  'Photos: https://{site}/{path}?album={money}',
  'Book here www.{site}/{path}',
];

export const SWEARING = [
  'what a load of {swear}', 'oh {swear} off will you', '{swear} me that was close', 'he is such a {swear}',
  'absolute {swear} of a decision', 'this school is {swear}', 'shut up you {swear}',
];
export const SWEARWORDS = ['shit', 'bullshit', 'fuck', 'wanker', 'crap', 'bollocks', 'twat', 'arse', 'bastard', 'fucking useless',
  'dickhead', 'piss', 'bloody rubbish', 'slag'];

// Innocent words that hold others, and numbers that are no telephone's: what a real archive is full of.
export const TRICKY = [
  'The class from Scunthorpe assessed the shiitake and the cockatoo.',
  'Dick Whittington rehearsals start at {time}, basses and all.',
  'Order ref {bignumber}, invoice {money}/{yearnumber}, total \u00a3{money}.{teen}.',
  'Pages {small}-{money} of the {noun} textbook, questions 3a), 4b) and 5c).',
  'The great tit survey counted {money} birds in {small} hours.',
  'Essex and Sussex drew {small}-{small} in the cup.',
];

export const EMOJI = ['\u{1F602}', '\u{1F44F}\u{1F44F}', '\u2764\uFE0F', '\u{1F389}', '\u{1F60D}', '\u{1F44D}\u{1F3FD}', '\u26BD', '\u{1F64C}', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'];
export const HASHTAGS = ['#WorldBookDay', '#ProudOfOurPupils', '#Year6', '#STEM', '#antibullyingweek', '#Hockey', '#eco', '#leavers'];

export const CHOICES = {
  title: ['Mr', 'Mrs', 'Miss', 'Ms', 'Dr'],
  event: ['sports day', 'the summer fair', 'World Book Day', 'the harvest festival', 'the science fair', 'parents\u2019 evening', 'the talent show',
    'the Christmas concert', 'Anti-Bullying Week', 'the spelling bee', 'the sponsored walk', 'house drama'],
  day: ['tomorrow', 'next Tuesday', 'on Friday', 'this Thursday', 'on Monday 14 October', 'next week', 'on Saturday'],
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  place: ['the Roman baths', 'the wetland centre', 'the university', 'the transport museum', 'the seaside', 'the town hall', 'the farm', 'the cathedral'],
  county: ['Yorkshire', 'Kent', 'Devon', 'Norfolk', 'Lancashire', 'Gwent', 'Fife'],
  sport: ['hockey', 'netball', 'football', 'rugby', 'cricket', 'tennis', 'rounders', 'athletics', 'badminton'],
  subject: ['maths', 'English', 'science', 'history', 'geography', 'French', 'Spanish', 'art', 'music', 'drama', 'computing', 'PE', 'RE'],
  school: ['St Brannoc\u2019s', 'Northgate', 'Oakfield Academy', 'Elmbrook', 'the grammar'],
  play: ['Oliver!', 'A Midsummer Night\u2019s Dream', 'Matilda', 'Bugsy Malone', 'Macbeth', 'Joseph'],
  charity: ['the hospice', 'Children in Need', 'Comic Relief', 'the food bank', 'the lifeboats'],
  club: ['chess', 'coding', 'gardening', 'debating', 'running', 'knitting', 'film', 'robotics'],
  food: ['fish and chips', 'pasta', 'chicken curry', 'jacket potatoes', 'pizza', 'roast dinner', 'vegetable lasagne'],
  class: ['3M', 'Maple class', 'Kestrels', '7B', '10X/Ma1', 'Reception', 'Oak class'],
  topic: ['the Romans', 'rivers and coasts', 'the slave trade', 'photosynthesis', 'Nazi Germany', 'electricity', 'the Tudors', 'algebra'],
  site: ['oakfield.example', 'news.example.org', 'bbc.co.uk', 'photos.example.com', 'maps.example.com', 'pta-events.example.net'],
};
