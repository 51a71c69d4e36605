// The terms that follow from the entries of one agreement, on any day, as section 4 of the design has it.

/** A day may be given as 2021 or 2021-03, and counts as the first day. */
const day = (given) => (given === undefined ? undefined : (given + '-01-01').slice(0, 10));

const effectiveOn = (entry) => day(entry.effectiveOn ?? entry.occurredOn);

const decimal = (given) => {
  const shortest = given.includes('.') ? given.replace(/\.?0+$/, '') : given;
  return /^-?0$/.test(shortest) ? '0' : shortest;
};

/** The entries as they are now known: corrections, withdrawals and confirmations applied. */
export function known(entries) {
  const known = [];
  entries.forEach((entry, i) => {
    const target = find(entries.slice(0, i), entry.corrects ?? entry.withdraws ?? entry.confirms);
    const revised = known[target - 1];
    switch (entry.kind) {
      case 'correction':
        if (revised) {
          revised.entry = entry.replacement;
          revised.standing = entry.replacement.standing ?? revised.standing;
        }
        known.push(null);
        break;
      case 'withdrawal':
        if (revised) {
          revised.withdrawn = true;
        }
        known.push(null);
        break;
      case 'confirmation':
        if (revised) {
          revised.standing = 'confirmed';
        }
        known.push(null);
        break;
      default:
        known.push({sequence: i + 1, entry, standing: entry.standing ?? 'confirmed', withdrawn: false});
    }
  });
  return known.filter((one) => one !== null);
}

/** The sequence that a target names: a number, or the ref that an entry carries or ever did. */
function find(entries, target) {
  if (typeof target === 'number') {
    return target <= entries.length ? target : undefined;
  }
  for (let i = 0; target !== undefined && i < entries.length; i++) {
    if (entries[i].ref === target) {
      return i + 1;
    }
    if (entries[i].replacement?.ref === target) {
      return find(entries, entries[i].corrects);
    }
  }
  return undefined;
}

export class Fold {
  #actions = new Map();
  #closings = [];
  #steps = [];

  constructor(known, standing) {
    for (const {sequence, entry} of known.filter((one) => !one.withdrawn && (standing === 'all' || one.standing === 'confirmed'))) {
      (entry.terms ?? []).forEach((action, place) => this.#place(action, entry, sequence, place));
      if (entry.kind === 'closing') {
        this.#closings.push({from: effectiveOn(entry), survives: entry.survives ?? []});
      }
      const changes = entry.kind === 'opening' ? entry.parties.map((to) => ({to})) : entry.partyChanges;
      if (changes) {
        this.#steps.push({from: effectiveOn(entry), occurredOn: day(entry.occurredOn), sequence, changes});
      }
    }
    this.#steps.sort((a, b) => compare(a.occurredOn, b.occurredOn) || a.sequence - b.sequence);
    for (const actions of this.#actions.values()) {
      rank(actions);
    }
  }

  #place(action, entry, sequence, place) {
    if (action.action === 'reaffirm') {
      return;
    }
    if (!this.#actions.has(action.key)) {
      this.#actions.set(action.key, []);
    }
    this.#actions.get(action.key).push({
      what: action.action,
      from: day(action.validFrom) ?? effectiveOn(entry),
      to: day(action.validTo),
      occurredOn: day(entry.occurredOn),
      sequence,
      place,
      content: content(action),
    });
  }

  /** Days on which anything may turn, ascending. */
  days() {
    const days = new Set([...this.#steps, ...this.#closings].map(({from}) => from));
    for (const action of [...this.#actions.values()].flat()) {
      days.add(action.from);
      if (action.to !== undefined) {
        days.add(action.to);
      }
    }
    return [...days].sort();
  }

  /** What is fingerprinted. */
  on(day) {
    const terms = [...this.#actions.keys()].sort()
      .map((key) => this.#holding(key, day))
      .filter((action) => action !== undefined && action.what !== 'retire')
      .map((action) => action.content);
    return {parties: this.#parties(day), terms};
  }

  #holding(key, day) {
    const closed = this.#closings.some(({from, survives}) => from <= day && !survives.includes(key));
    return closed ? undefined : this.#actions.get(key).findLast((action) => isValid(action, day));
  }

  #parties(day) {
    let parties = [];
    for (const change of this.#steps.filter(({from}) => from <= day).flatMap(({changes}) => changes)) {
      if (change.from === undefined) {
        parties = parties.includes(change.to.id) ? parties : [...parties, change.to.id];
      } else if (change.to === undefined) {
        parties = parties.filter((id) => id !== change.from);
      } else {
        parties = [...new Set(parties.map((id) => (id === change.from ? change.to.id : id)))];
      }
    }
    return parties.sort();
  }
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const isValid = (action, day) => action.from <= day && (action.to === undefined || day < action.to);

const precedence = (a, b) => compare(a.occurredOn, b.occurredOn) || a.sequence - b.sequence || a.place - b.place;

const disclosureOrder = (a, b) => compare(a.from, b.from) || a.sequence - b.sequence || a.place - b.place;

/** In ascending rank: a disclosure directly above the version it tells more of, and no longer than that. */
function rank(actions) {
  const instruments = actions.filter(({what}) => what !== 'disclose').sort(precedence);
  for (const action of actions) {
    const under = action.what === 'disclose'
      ? instruments.findLast((instrument) => isValid(instrument, action.from))
      : action;
    action.base = action.what === 'disclose' && under?.what === 'retire' ? undefined : under;
  }
  for (const {base, ...action} of actions) {
    if (action.what === 'disclose' && base?.to !== undefined && (action.to === undefined || action.to > base.to)) {
      actions.find((one) => one.sequence === action.sequence && one.place === action.place).to = base.to;
    }
  }
  actions.sort((a, b) => byBase(a.base, b.base) || (a.what === 'disclose') - (b.what === 'disclose') || disclosureOrder(a, b));
}

function byBase(a, b) {
  if (a === undefined || b === undefined) {
    return (a !== undefined) - (b !== undefined);
  }
  return precedence(a, b);
}

/** What of a version is compared: condition, key, statement, validTo, value. */
function content(action) {
  const fields = {key: action.key, statement: action.statement};
  if (action.condition !== undefined) {
    fields.condition = action.condition;
  }
  if (action.validTo !== undefined) {
    fields.validTo = day(action.validTo);
  }
  if (action.value !== undefined) {
    fields.value = {...action.value};
    for (const name of ['amount', 'percentage', 'quantity']) {
      if (fields.value[name] !== undefined) {
        fields.value[name] = decimal(fields.value[name]);
      }
    }
    if (fields.value.day !== undefined) {
      fields.value.day = day(fields.value.day);
    }
  }
  return fields;
}
