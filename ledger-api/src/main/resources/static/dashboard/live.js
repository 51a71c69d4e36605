// New entries as they are recorded: tells of them, and lets the page do something about it by the event ledger:entry.
//
// Only a page that can be seen listens. A browser opens six connections to a host, and each stream holds one for ever.

const AGAIN_MILLIS = 10_000;

const news = document.getElementById('news');
const howMany = document.getElementById('news-count');
const title = document.getElementById('news-title');
const link = document.getElementById('news-link');
const lost = document.getElementById('news-lost');
const page = document.querySelector('[data-position]');
const agreement = /^\/agreements\/([^/]+)/.exec(location.pathname)?.[1];

let source = null;
let waiting = 0;
let count = 0;
let last = page?.dataset.position;

if (!document.querySelector('.problem, [data-quiet]')) {
  document.addEventListener('visibilitychange', listenIfSeen);
  addEventListener('pagehide', stop);
  // Taken out of the browser's memory, as it was when it was left.
  addEventListener('pageshow', (event) => event.persisted && listenIfSeen());
  document.getElementById('news-close').addEventListener('click', () => {
    news.hidden = true;
    count = 0;
  });
  listenIfSeen();
}

function listenIfSeen() {
  if (document.hidden) {
    stop();
  } else if (!source) {
    listen();
  }
}

function stop() {
  clearTimeout(waiting);
  source?.close();
  source = null;
}

/** From the last entry that the page knows of; without one, from now on. */
function listen() {
  const address = (agreement ? `/v1/agreements/${agreement}/feed/stream` : '/v1/feed/stream')
    + (last === undefined ? '' : `?after=${last}`);
  source = new EventSource(address);
  source.addEventListener('open', () => {
    lost.hidden = true;
  });
  source.addEventListener('entry', (event) => {
    last = event.lastEventId;
    arrived(JSON.parse(event.data));
  });
  source.addEventListener('error', () => {
    lost.hidden = false;
    // A stream that breaks is taken up again by the browser, with Last-Event-ID; one that is refused is not.
    if (source?.readyState === EventSource.CLOSED) {
      stop();
      waiting = setTimeout(listenIfSeen, AGAIN_MILLIS);
    }
  });
}

function arrived(entry) {
  count++;
  howMany.textContent = `${count} new ${count === 1 ? 'entry' : 'entries'}`;
  title.textContent = entry.title;
  link.href = `/agreements/${entry.agreementId}/entries/${entry.sequence}`;
  news.hidden = false;
  document.dispatchEvent(new CustomEvent('ledger:entry', {detail: entry}));
}
