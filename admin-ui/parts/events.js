import { Component, createRef, h } from '../lib/preact.js';
import { count, time } from '../format.js';
import { Part, withNames } from '../page.js';

const PAGE = 50;
const CHOICES = {
  kind: ['state', 'pool', 'refusals', 'warm-up', 'action', 'log', 'process'],
  level: ['info', 'warning', 'error'],
  actor: ['lectern', 'operator', 'neon'],
};

/** What has happened, the newest first, with who did it and why. */
export class Events extends Component {
  text = createRef();
  state = { kind: '', level: '', actor: '', text: '', shown: PAGE };

  componentDidMount() {
    addEventListener('keydown', this.focus);
  }

  componentWillUnmount() {
    removeEventListener('keydown', this.focus);
  }

  shouldComponentUpdate(props, state) {
    return props.entries !== this.props.entries || state !== this.state;
  }

  focus = event => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || document.querySelector('dialog[open]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.text.current.focus();
    this.text.current.scrollIntoView({ block: 'center' });
  };

  choose = event => this.setState({ [event.target.name]: event.target.value, shown: PAGE });

  wanted() {
    const { kind, level, actor } = this.state;
    const text = this.state.text.trim().toLowerCase();
    return this.props.entries
      .filter(entry => (kind === '' || entry.kind === kind) && (level === '' || entry.level === level) && (actor === '' || entry.actor === actor))
      .filter(entry => text === '' || `${entry.text} ${entry.reason ?? ''}`.toLowerCase().includes(text))
      .reverse();
  }

  render({ entries }, { shown, text, ...chosen }) {
    const wanted = this.wanted();
    return h(
      Part,
      { id: 'events', title: 'Events', json: 'events', note: `${wanted.length === entries.length ? count(entries.length, 'event') : `${wanted.length} of ${count(entries.length, 'event')}`}, the newest on top` },
      h(
        'form',
        { class: 'filter', role: 'search', 'aria-label': 'Filter of events', onSubmit: event => event.preventDefault() },
        h('label', null, 'Text', h('input', { ref: this.text, type: 'search', name: 'text', value: text, placeholder: 'press /', onInput: this.choose })),
        Object.entries(CHOICES).map(([name, choices]) =>
          h('label', { key: name }, name, h('select', { name, value: chosen[name], onChange: this.choose }, h('option', { value: '' }, 'all'), choices.map(choice => h('option', { value: choice }, choice)))),
        ),
      ),
      h(
        'ol',
        { class: 'log', tabindex: 0, 'aria-label': 'Events' },
        wanted.slice(0, shown).map(entry => h(Entry, { key: entry.id, entry })),
        wanted.length === 0 && h('li', { class: 'empty' }, entries.length === 0 ? 'Nothing has happened yet.' : 'Nothing of that kind.'),
        wanted.length > shown && h('li', { class: 'more' }, h('button', { type: 'button', onClick: () => this.setState({ shown: shown + 4 * PAGE }) }, 'Older ones')),
      ),
    );
  }
}

class Entry extends Component {
  shouldComponentUpdate() {
    return false;
  }

  render({ entry }) {
    return h(
      'li',
      { 'data-level': entry.level },
      h('time', { datetime: entry.at, title: entry.at }, time(entry.at)),
      h('span', { class: 'kind' }, entry.kind),
      h('span', { class: 'what' }, entry.level !== 'info' && h('span', { class: 'unseen' }, `${entry.level}: `), withNames(entry.text), entry.reason && h('span', { class: 'reason' }, ` – ${entry.reason}`)),
      h('span', { class: 'actor' }, entry.actor),
    );
  }
}
