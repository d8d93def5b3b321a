'use strict';
// The desk. Answers are kept in the browser's local storage, a key for each image, so that a tab
// that closes loses nothing, and leave it as a CSV file by a download. Nothing is ever sent.
(() => {
  const page = document.body.dataset;
  const doubleKey = page.doubleKey === 'true';
  // Whole numbers are keyed digit by digit, and Enter ends each.
  const numbers = page.numbers === 'true';
  const MOST_DIGITS = 30;
  const find = (id) => document.getElementById(id);
  const all = find('items') ? JSON.parse(find('items').textContent) : [];
  const PERSON = `digits-person|${page.output}`;
  const SCREEN = 100;
  const LONGEST_SECONDS = 600;
  const WORDS = { none: 'no digit', unreadable: 'unreadable' };
  const KEYS = { x: 'none', '?': 'unreadable', u: 'unreadable' };

  let person = '';
  let items = [];
  let answers = new Map();
  let at = 0;
  let typed = '';
  let before = [];
  let mode = 'one';
  let showsReading = false;
  let since = 0;
  let screen = null;
  let screens = [];
  let unsaved = false;
  // What was marked among others without a value: not to be compared again, but keyed.
  const keyedAlone = new Set();

  // A browser may have no storage, forbid it to files, or be full.
  const store = (() => {
    try {
      localStorage.setItem('digits-test', '1');
      localStorage.removeItem('digits-test');
      return localStorage;
    } catch (e) {
      return null;
    }
  })();

  function warn(text) {
    find('warning').textContent = text;
    find('warning').hidden = false;
  }

  function kept(key) {
    return store ? store.getItem(key) : null;
  }

  function keep(key, value) {
    try {
      if (store) {
        store.setItem(key, value);
      }
    } catch (e) {
      warn('This browser cannot keep any more answers: save now, before you close the tab.');
    }
  }

  const own = () => `digits|${page.output}|${person.toLowerCase()}|`;
  const keyOf = (item) => `${own()}${item.i}|${item.n}`;
  const named = (value) => (numbers && value === 'none' ? 'no number' : WORDS[value] || value);
  const readAs = (item) => (item.r === null ? `could not read it: ${item.y}`
    : `read ${item.r}${item.y ? `; ${item.y}` : ''}`);
  const open = () => items.filter((item) => !answers.has(item.i));

  function answer(item, value, blind, how, seconds) {
    const record = {
      v: value, w: person, t: new Date().toISOString(), s: seconds, b: blind ? 1 : 0, m: how,
    };
    answers.set(item.i, record);
    keep(keyOf(item), JSON.stringify(record));
    changed();
  }

  function forget(item) {
    answers.delete(item.i);
    if (store) {
      store.removeItem(keyOf(item));
    }
    changed();
  }

  function changed() {
    unsaved = true;
    keep(`digits-progress|${page.output}|${page.written}|${page.page}`, String(answers.size));
    showProgress();
  }

  function showProgress() {
    if (find('bar')) {
      find('bar').max = items.length;
      find('bar').value = answers.size;
      find('done').textContent = `${answers.size} of ${items.length} on this page`;
    }
  }

  // One by one

  function showOne() {
    since = Date.now();
    type('');
    const item = items[at];
    const given = answers.get(item.i);
    find('picture').src = `data:image/png;base64,${item.p}`;
    find('picture').alt = `Scan ${at + 1} of ${items.length}`;
    find('place').textContent = `${at + 1} of ${items.length}`;
    find('given').textContent = given ? `You keyed: ${named(given.v)}` : '';
    find('reading').hidden = !showsReading;
    find('reading').textContent = showsReading ? `The machine ${readAs(item)} · ${item.s}` : '';
  }

  function goOn(from) {
    for (let step = 1; step <= items.length; step++) {
      const next = (from + step) % items.length;
      if (!answers.has(items[next].i)) {
        at = next;
        showOne();
        return;
      }
    }
    showEnd();
  }

  function type(text) {
    typed = text.slice(0, MOST_DIGITS);
    find('typed').textContent = typed || '–';
  }

  // A digit of a number, or all that is said of an image.
  function put(value) {
    if (numbers && /^[0-9]$/.test(value)) {
      type(typed + value);
    } else {
      key(value);
    }
  }

  function enter() {
    if (typed) {
      key(typed);
    }
  }

  function key(value) {
    const item = items[at];
    // Who has seen what the machine read, or changes an answer beside which it stood, is not blind.
    const blind = !showsReading && (doubleKey || !answers.has(item.i));
    const seconds = Math.min(LONGEST_SECONDS, Math.round((Date.now() - since) / 100) / 10);
    answer(item, value, blind, 'key', seconds);
    const machine = doubleKey ? '' : ` The machine ${readAs(item)}.`;
    before.push(at);
    goOn(at);
    say(`Keyed: ${named(value)}.${machine}`);
  }

  function back() {
    if (before.length) {
      at = before.pop();
      show('one');
      showOne();
      say('Back.');
    }
  }

  // Carpet

  function nextScreen() {
    for (let digit = 0; digit <= 9; digit++) {
      const same = open().filter((item) => item.r === String(digit) && !item.o
        && !keyedAlone.has(item.i));
      if (same.length) {
        showScreen(digit, same.slice(0, SCREEN));
        return;
      }
    }
    screen = null;
    choose('one');
    say('No more to compare on this page: the rest one by one.');
  }

  function showScreen(digit, some) {
    since = Date.now();
    screen = { digit, some, marked: new Map() };
    find('question').textContent = `These ${some.length} were read as ${digit}. Mark those that are not.`;
    find('confirm').textContent = `All others are a ${digit} (Enter)`;
    find('grid').replaceChildren(...some.map(tile));
    find('grid').firstChild.focus();
  }

  function tile(item, index) {
    const button = document.createElement('button');
    const image = document.createElement('img');
    const mark = document.createElement('span');
    button.type = 'button';
    button.className = 'tile';
    button.tabIndex = index ? -1 : 0;
    button.setAttribute('aria-pressed', 'false');
    button.setAttribute('aria-label', `Scan ${index + 1}`);
    image.src = `data:image/png;base64,${item.p}`;
    image.alt = '';
    button.append(image, mark);
    button.addEventListener('click', () => toggle(index));
    button.addEventListener('mouseenter', () => button.focus({ preventScroll: true }));
    button.addEventListener('focus', () => {
      find('grid').querySelectorAll('[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
      button.tabIndex = 0;
    });
    return button;
  }

  function toggle(index) {
    setMark(index, screen.marked.has(index) ? undefined : null);
  }

  // value: what it is instead; null if that is still to be keyed; undefined takes the mark away.
  function setMark(index, value) {
    const button = find('grid').children[index];
    if (value === undefined || value === String(screen.digit)) {
      screen.marked.delete(index);
    } else {
      screen.marked.set(index, value);
    }
    const marked = screen.marked.has(index);
    const text = !marked ? '' : value === null ? `not ${screen.digit}` : named(value);
    button.setAttribute('aria-pressed', String(marked));
    button.setAttribute('aria-label', `Scan ${index + 1}${text ? `, ${text}` : ''}`);
    button.lastChild.textContent = text;
  }

  function confirm() {
    const { digit, some, marked } = screen;
    const seconds = Math.min(LONGEST_SECONDS, (Date.now() - since) / 1000);
    const each = Math.round((seconds / some.length) * 100) / 100;
    const given = [];
    some.forEach((item, index) => {
      const value = marked.has(index) ? marked.get(index) : String(digit);
      if (value !== null) {
        answer(item, value, false, 'carpet', each);
        given.push(item);
      } else {
        keyedAlone.add(item.i);
      }
    });
    screens.push(given);
    nextScreen();
    if (screen) {
      say(`${given.length} noted.`);
    }
  }

  function backScreen() {
    if (screens.length) {
      screens.pop().forEach(forget);
      nextScreen();
      say('Back: the last screen is open again.');
    }
  }

  function move(step) {
    const tiles = Array.from(find('grid').children);
    const now = tiles.indexOf(document.activeElement);
    const columns = tiles.filter((other) => other.offsetTop === tiles[0].offsetTop).length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const to = Math.max(0, Math.min(tiles.length - 1, Math.max(now, 0) + steps[step]));
    tiles[to].focus();
  }

  // What is in sight

  function show(which) {
    ['one', 'carpet', 'end'].forEach((id) => { find(id).hidden = id !== which; });
  }

  function showEnd() {
    show('end');
    find('end').focus();
  }

  function choose(which) {
    mode = which;
    find('mode').setAttribute('aria-pressed', String(mode === 'carpet'));
    find('show').hidden = doubleKey || mode === 'carpet';
    say('');
    if (mode === 'carpet') {
      show('carpet');
      nextScreen();
    } else if (open().length) {
      show('one');
      find('one').focus();
      goOn(-1);
    } else {
      showEnd();
    }
  }

  function say(text) {
    find('said').textContent = text;
  }

  // Out

  function csvField(text) {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",;\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  function records() {
    const found = [];
    for (let i = 0; store && i < store.length; i++) {
      const name = store.key(i);
      if (name.startsWith(own())) {
        found.push([name.slice(own().length).split('|')[0], JSON.parse(store.getItem(name))]);
      }
    }
    // What did not fit into the storage is on this page.
    const names = new Set(found.map((one) => `${one[0]} ${one[1].t}`));
    answers.forEach((record, id) => {
      if (!names.has(`${id} ${record.t}`)) {
        found.push([id, record]);
      }
    });
    return found.sort((a, b) => (a[1].t < b[1].t ? -1 : 1));
  }

  function save() {
    const lines = records().map(([id, a]) =>
      [id, a.v, a.w, a.t, a.s, a.b, a.m].map((field) => csvField(String(field))).join(','));
    // With a mark of its encoding, so that a spreadsheet shows names as they are.
    const text = '\ufeff' + ['id,value,who,when,seconds,blind,how', ...lines, ''].join('\r\n');
    const link = document.createElement('a');
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = `corrections-${person.replace(/[^\p{L}\p{N}_-]+/gu, '_')}-${time}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
    unsaved = false;
    say(`Saved ${lines.length} answers in ${link.download}.`);
  }

  function switchReading() {
    if (!doubleKey && mode === 'one') {
      showsReading = !showsReading;
      find('show').setAttribute('aria-pressed', String(showsReading));
      if (!find('one').hidden) {
        showOne();
      }
    }
  }

  function switchMode() {
    if (!doubleKey && !numbers) {
      choose(mode === 'one' ? 'carpet' : 'one');
    }
  }

  function press(event) {
    const typing = event.target.tagName === 'INPUT';
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !person) {
      return;
    }
    const value = /^[0-9]$/.test(event.key) ? event.key : KEYS[event.key.toLowerCase()];
    const isTile = event.target.classList.contains('tile');
    const inOne = !find('one').hidden;
    const inCarpet = !find('carpet').hidden;
    const does =
      inOne && value !== undefined ? () => put(value)
      : inOne && numbers && event.key === 'Enter' && event.target.tagName !== 'BUTTON' ? enter
      : inOne && typed && event.key === 'Backspace' ? () => type(typed.slice(0, -1))
      : inOne && event.key === 'ArrowRight' ? () => goOn(at)
      : !inCarpet && (event.key === 'Backspace' || event.key === 'ArrowLeft') ? back
      : inCarpet && isTile && value !== undefined
        ? () => setMark(Array.from(find('grid').children).indexOf(event.target), value)
      : inCarpet && isTile && event.key.startsWith('Arrow') ? () => move(event.key)
      : inCarpet && event.key === 'Enter' && (isTile || event.target === document.body) ? confirm
      : inCarpet && event.key === 'Backspace' ? backScreen
      : event.key === 'r' ? switchReading
      : event.key === 'c' ? switchMode
      : event.key === 's' ? save
      : null;
    if (does) {
      event.preventDefault();
      does();
    }
  }

  function begin(name) {
    person = name.trim().replace(/[|\s]+/g, ' ');
    if (!person) {
      return;
    }
    keep(PERSON, person);
    find('who').hidden = true;
    find('tools').hidden = false;
    find('person').textContent = person;
    // Nobody is asked twice where two are to key the same.
    items = all.filter((item) => !(item.k || []).includes(person.toLowerCase()));
    answers = new Map();
    items.forEach((item) => {
      const record = kept(keyOf(item));
      if (record) {
        answers.set(item.i, JSON.parse(record));
      }
    });
    before = [];
    screens = [];
    showProgress();
    if (find('one')) {
      choose('one');
      unsaved = false;
    }
  }

  function showPages() {
    document.querySelectorAll('[data-of]').forEach((cell) => {
      const done = kept(`digits-progress|${page.output}|${page.written}|${cell.dataset.of}`);
      cell.textContent = done || '0';
    });
  }

  find('who').addEventListener('submit', (event) => {
    event.preventDefault();
    begin(find('name').value);
  });
  find('save').addEventListener('click', save);
  find('other').addEventListener('click', () => {
    find('who').hidden = false;
    // So that the other name takes its place as it is typed.
    find('name').select();
  });
  if (find('one')) {
    document.querySelectorAll('[data-value]').forEach((button) => {
      button.addEventListener('click', () => { put(button.dataset.value); find('one').focus(); });
    });
    find('back').addEventListener('click', back);
    find('skip').addEventListener('click', () => goOn(at));
    find('confirm').addEventListener('click', confirm);
    find('back-screen').addEventListener('click', backScreen);
    find('again').addEventListener('click', back);
    find('show').addEventListener('click', switchReading);
    find('mode').addEventListener('click', switchMode);
    find('show').hidden = doubleKey;
    find('mode').hidden = doubleKey || numbers;
    find('enter').hidden = !numbers;
    find('typed').hidden = !numbers;
    find('enter').addEventListener('click', () => { enter(); find('one').focus(); });
    document.addEventListener('keydown', press);
    const next = document.querySelector('a[rel="next"]');
    find('next').hidden = !next;
    if (next) {
      find('next').href = next.getAttribute('href');
    }
  } else {
    showPages();
  }
  if (!store) {
    warn('This browser keeps nothing once the tab is closed: save each page before you leave it.');
  }
  window.addEventListener('beforeunload', (event) => {
    if (!store && unsaved) {
      event.preventDefault();
      event.returnValue = '';
    }
  });
  find('name').value = kept(PERSON) || '';
  if (find('name').value) {
    begin(find('name').value);
  } else {
    find('name').focus();
  }
})();
