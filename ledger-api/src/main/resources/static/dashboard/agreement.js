// The page of one agreement: handles on both axes, the terms of the day they point at, the history
// played, two days compared. Everything it shows comes from the server as a piece of a page.
import {countUntil, numbers, plusMonths, read, spoken, written} from './days.js';
import {Latest, load} from './latest.js';
import {complete, renew, taken} from './rows.js';
import {Slider} from './slider.js';

const SETTLED = 150;
const STEPS_MAX = 240;
const PLAYING = 24_000;
const narrow = matchMedia('(max-width: 50rem)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const by = (id) => document.getElementById(id);
const article = document.querySelector('article.agreement-page');
const {id, standing} = article.dataset;
const today = Number(article.dataset.today);
const known = by('known');
const positions = numbers(known.dataset.positions);
const recorded = numbers(known.dataset.recorded);
const state = by('state');

let lanes;
let days;
let turns;
let boardReached = Number(known.dataset.reached);

function readBoard() {
  lanes = by('lanes');
  days = numbers(lanes.dataset.days);
  turns = numbers(lanes.dataset.turns);
}

// ---- addresses

function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({...parameters, standing})) {
    if (value) {
      query.set(name, value);
    }
  }
  return `/agreements/${id}${path}?${query}`;
}

/** Absent where all is known, so that the link goes on to mean now; before the first entry, as it was asked for. */
function knownAt() {
  const count = knownHandle.value;
  return count >= positions.length ? '' : count === 0 ? article.dataset.knownAt : `@${positions[count - 1]}`;
}

const parameter = (from, name) => new URL(from, location).searchParams.get(name);

/** Every day up to the next turn has the same terms, and so the same address. */
function termsAddress(day) {
  if (boardReached !== knownHandle.value || days.length === 0) {
    return address('/terms', {validOn: written(day), knownAt: knownAt()});
  }
  const turn = countUntil(days, day);
  return address('/terms', {validOn: written(turn === 0 ? days[0] - 1 : days[turn - 1]), knownAt: knownAt()});
}

// ---- the terms of the day

/** What is shown, and its address. */
let shown;

async function termsAt(from) {
  const {piece, from: at} = shown;
  const {position} = piece.dataset;
  const there = position < 0 ? '' : `&shown=${parameter(at, 'validOn')}&shownAt=@${position}`;
  return complete(undated(await load(from + there, '#terms')), piece);
}

/** A link to a term leads to the day that is shown when it is followed. */
function undated(piece) {
  piece.querySelectorAll('tbody a[href*="/terms/"]').forEach((link) => { link.search = ''; });
  return piece;
}

function date(link) {
  link.search = new URL(address('', {validOn: written(handle.value), knownAt: knownAt()}), location).search;
}

for (const about of ['pointerdown', 'focusin']) {
  state.addEventListener(about, (event) => {
    const link = event.target.closest('tbody a[href*="/terms/"]');
    if (link) {
      date(link);
    }
  });
}

const terms = new Latest(termsAt, (piece, from) => {
  if (shown.piece !== piece) {
    renew(by('terms'), piece);
  }
  shown = {from, piece};
  showing(from);
}, (from) => {
  const day = parameter(from, 'validOn');
  const still = state.querySelector('#state-heading time').dateTime;
  by('failed').hidden = false;
  by('failed').firstElementChild.textContent =
    `The terms of ${spoken(read(day))} could not be loaded. Below are still those of ${spoken(read(still))}.`;
  state.classList.add('old');
  state.setAttribute('aria-busy', 'false');
  pause();
});

/** Where the piece is of the handle's own day or of one that is the same, it is dated by the handle. */
function showing(from) {
  const current = from === termsAddress(handle.value);
  state.classList.toggle('old', !current);
  state.setAttribute('aria-busy', String(!current));
  if (current) {
    by('failed').hidden = true;
    const time = state.querySelector('#state-heading time');
    time.dateTime = written(handle.value);
    time.textContent = spoken(handle.value);
    const since = state.querySelector('[data-since]');
    if (since) {
      const count = handle.value - Number(since.dataset.since);
      since.textContent = count === 0 ? 'changed on this day' : `unchanged for ${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'}`;
    }
  }
}

function wantTerms() {
  const wanted = termsAddress(handle.value);
  state.setAttribute('aria-busy', 'true');
  terms.want(wanted);
}

// ---- handles

const leap = (value, direction) => direction > 0
  ? turns[countUntil(turns, value)] ?? value
  : turns[countUntil(turns, value - 1) - 1] ?? value;

const dayScale = {
  min: () => Number(lanes.dataset.first),
  max: () => Number(lanes.dataset.last),
  words: spoken,
  brief: written,
  page: plusMonths,
  leap,
};

readBoard();
const handle = new Slider(by('handle'), dayScale, (day, held) => {
  wantTerms();
  reveal();
  moved(held);
});
const marker = new Slider(by('marker'), dayScale, (_, held) => moved(held));
const knownHandle = new Slider(by('known-handle'), {
  min: () => 1,
  max: () => positions.length,
  words: (count) => (count === 0
    ? 'nothing was known yet'
    : `${new Date(recorded[count - 1]).toISOString()}, ${count} of ${positions.length} entries`),
  brief: (count) => (count >= positions.length ? 'now' : count === 0 ? 'nothing yet'
    : `${new Date(recorded[count - 1]).toISOString().slice(0, 10)} · entry ${count}`),
  page: (count, direction) => count + direction * 10,
  leap: (count, direction) => count + direction,
}, (_, held) => {
  wantTerms();
  later('board', wantBoard);
  moved(held);
});

handle.set(Number(article.dataset.validOn));
knownHandle.set(boardReached);
handle.follow(by('board'));
handle.mirror(by('day-handle'));
handle.follow(by('day-track'), by('day-track'));
knownHandle.follow(known.querySelector('.track'));

/** On a screen that is narrower than the time line. */
function reveal() {
  const window = by('board').parentElement;
  if (narrow.matches) {
    const at = by('overlay').offsetLeft + by('handle').offsetLeft;
    const labels = by('overlay').offsetLeft;
    if (at < window.scrollLeft + labels || at > window.scrollLeft + window.clientWidth - 20) {
      window.scrollLeft = at - (window.clientWidth + labels) / 2;
    }
  }
}

/** What follows once the hand rests. */
const timers = {};
function later(what, then) {
  clearTimeout(timers[what]);
  timers[what] = setTimeout(then, SETTLED);
}

function moved(held) {
  showWindow();
  if (!held) {
    later('link', keepLink);
    if (!by('marker').hidden) {
      later('report', wantReport);
    }
  }
}

function keepLink() {
  const parameters = {validOn: handle.value === today ? '' : written(handle.value), knownAt: knownAt()};
  if (!by('marker').hidden) {
    [parameters.from, parameters.to] = ends().map(written);
  }
  let link = address('', parameters);
  if (new URLSearchParams(location.search).has('embed')) {
    link += `${link.endsWith('?') ? '' : '&'}embed`;
  }
  history.replaceState(null, '', link.replace(/\?$/, ''));
  fillForms(parameters);
}

/** What the forms and links beside the time line say, is what the handles say. */
function fillForms({knownAt: position}) {
  const point = by('point');
  if (point) {
    point.elements.validOn.value = written(handle.value);
    point.elements.knownAt.value = position || 'now';
  }
  if (by('svg')) {
    by('svg').href = address('/timeline.svg', {validOn: written(handle.value), knownAt: position});
  }
}

// ---- lanes and marks as known at another moment

const board = new Latest((from) => load(from, '#lanes'), (piece, from) => {
  const open = new Set([...lanes.querySelectorAll('details[open]')].map((topic) => topic.dataset.name));
  piece.querySelectorAll('details').forEach((topic) => { topic.open = open.has(topic.dataset.name); });
  lanes.replaceWith(piece);
  boardReached = countUntil(positions, Number(parameter(from, 'knownAt')?.slice(1) ?? Infinity));
  readBoard();
  if (state.getAttribute('aria-busy') === 'false' && !state.classList.contains('old')) {
    shown.from = termsAddress(handle.value);
    terms.remember(shown.from, shown.piece);
  }
  wantTerms();
}, () => {
  by('failed').hidden = false;
  by('failed').firstElementChild.textContent = 'The time line could not be loaded as known then. It is still that of before.';
});

const wantBoard = () => board.want(address('/timeline', {knownAt: knownAt()}));

// ---- two days

const ends = () => [marker.value, handle.value].sort((a, b) => a - b);

const report = new Latest((from) => load(from, '#report'), (piece) => {
  const title = piece.querySelector('h1'); // there it is a page of its own
  if (title) {
    const heading = document.createElement('h2');
    heading.id = title.id;
    heading.append(...title.childNodes);
    title.replaceWith(heading);
  }
  by('comparison').replaceChildren(piece);
}, () => {
  const note = document.createElement('p');
  note.className = 'failed';
  note.textContent = 'The two days could not be compared; move a handle to try again.';
  by('comparison').replaceChildren(note);
});

function wantReport() {
  const [from, to] = ends();
  report.want(address('/constancy', {from: written(from), to: written(to), knownAt: knownAt()}));
}

function mark(day) {
  by('marker').hidden = false;
  marker.set(day);
  button('mark').hidden = true;
  button('unmark').hidden = false;
  moved(false);
}

function unmark() {
  by('marker').hidden = true;
  by('comparison').replaceChildren();
  button('mark').hidden = false;
  button('unmark').hidden = true;
  moved(false);
  by('handle').focus();
}

function showWindow() {
  const span = by('window');
  span.hidden = by('marker').hidden;
  if (!span.hidden) {
    const [from, to] = ends();
    const width = dayScale.max() - dayScale.min();
    span.style.left = `${(100 * (from - dayScale.min())) / width}%`;
    span.style.width = `${(100 * (to - from)) / width}%`;
  }
}

/** The last change before the day shown, or as far back as it goes. */
const another = () => {
  const before = leap(handle.value, -1);
  return before === handle.value ? dayScale.min() : before;
};

by('overlay').addEventListener('keydown', (event) => {
  if (event.key === 'm' && by('marker').hidden) {
    mark(another());
    by('marker').focus();
  } else if (event.key === 'Escape' && !by('marker').hidden) {
    unmark();
  }
});

// ---- play

let playing = null;

function play() {
  const every = Math.ceil(days.length / STEPS_MAX) || 1;
  const steps = days.filter((day, i) => i % every === 0 && day <= dayScale.max());
  const dwell = Math.min(1_000, Math.max(60, PLAYING / Math.max(1, steps.length)));
  let next = countUntil(steps, handle.value);
  if (next === steps.length) {
    next = 0;
  }
  button('play').textContent = '❚❚ Pause';
  playing = {};
  step(playing);

  function step(run) {
    if (playing !== run) {
      return;
    }
    if (next === steps.length) {
      pause();
      return;
    }
    const to = steps[next++];
    const arrived = () => {
      if (playing === run) {
        handle.move(to, next < steps.length);
        run.timer = setTimeout(() => step(run), dwell / 2);
      }
    };
    if (calm.matches || to < handle.value) {
      run.timer = setTimeout(arrived, dwell / 2);
    } else {
      glide(run, handle.value, to, dwell / 2, arrived);
    }
  }
}

function glide(run, from, to, duration, arrived) {
  const start = performance.now();
  const frame = (now) => {
    const share = (now - start) / duration;
    if (playing !== run) {
      return;
    }
    if (share >= 1) {
      arrived();
    } else {
      handle.move(Math.round(from + share * (to - from)), true);
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
}

function pause() {
  if (playing) {
    clearTimeout(playing.timer);
    playing = null;
    button('play').textContent = '▶ Play';
    moved(false);
  }
}

// ---- buttons

function button(name) {
  return document.querySelector(`[data-do=${name}]`);
}

const deeds = {
  previous: () => handle.move(leap(handle.value, -1)),
  next: () => handle.move(leap(handle.value, 1)),
  today: () => handle.move(today),
  play: () => (playing ? pause() : play()),
  mark: () => mark(another()),
  unmark,
  retry: () => {
    by('failed').hidden = true;
    wantTerms();
    if (boardReached !== knownHandle.value) {
      wantBoard();
    }
  },
};

article.addEventListener('click', (event) => {
  const name = event.target.closest('[data-do]')?.dataset.do;
  if (name) {
    if (name !== 'play') {
      pause();
    }
    deeds[name]();
  }
});
by('overlay').addEventListener('pointerdown', pause);

// ---- quotes and sources, when somebody wants to see them

state.addEventListener('toggle', async (event) => {
  const more = event.target;
  const link = more.querySelector?.('a.all');
  if (!more.open || !link || more.dataset.loaded) {
    return;
  }
  more.dataset.loaded = 'true';
  date(link);
  try {
    const version = await load(link.getAttribute('href'), '#history div.version');
    version.querySelector('.says')?.remove();
    more.querySelector('blockquote')?.remove();
    link.firstChild.textContent = 'All versions';
    more.querySelector('summary').after(version);
  } catch {
    delete more.dataset.loaded; // the link leads there too
  }
}, true);

// ---- to take away

by('png')?.addEventListener('click', async () => {
  const picture = new Image();
  picture.src = by('svg').href;
  try {
    await picture.decode();
  } catch {
    by('copied').textContent = 'The picture could not be loaded.';
    return;
  }
  const canvas = document.createElement('canvas');
  canvas.width = 2 * picture.naturalWidth;
  canvas.height = 2 * picture.naturalHeight;
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((png) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(png);
    link.download = `${id}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
});

const badge = by('badge-address');
if (badge) {
  badge.value = new URL(badge.value, location).href;
  by('copy').addEventListener('click', async () => {
    badge.select();
    try {
      await navigator.clipboard.writeText(badge.value);
      by('copied').textContent = 'Copied.';
    } catch {
      by('copied').textContent = 'Selected: copy it with the keyboard.';
    }
  });
}

// ---- from here on the handles answer

undated(state);
shown = {from: termsAddress(handle.value), piece: taken(by('terms'))};
terms.remember(shown.from, shown.piece);
board.remember(address('/timeline', {knownAt: knownAt()}), lanes);
for (const part of [by('overlay'), by('dock'), by('png'), by('copy')]) {
  if (part) {
    part.hidden = false;
  }
}
if (article.dataset.from) {
  const from = read(article.dataset.from);
  const to = read(article.dataset.to);
  by('marker').hidden = false;
  button('mark').hidden = true;
  button('unmark').hidden = false;
  marker.set(handle.value === from ? to : from);
  if (handle.value !== from && handle.value !== to) {
    handle.set(to);
    wantTerms();
  }
}
showWindow();
reveal();
performance.mark('handle-ready');
article.classList.add('ready');
