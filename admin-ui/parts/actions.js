import { Component, createRef, h } from '../lib/preact.js';
import { act } from '../api.js';
import { duration, time } from '../format.js';
import { Part, withNames } from '../page.js';

const ACTIONS = {
  'warm-up': { name: 'Warm up now', what: 'Wakes the database, or keeps it awake.', fields: () => [] },
  'evict-connections': { name: 'Evict connections', what: 'Makes all connections anew, softly.', fields: () => [] },
  'resize-pool': {
    name: 'Resize the pool',
    what: 'Another maximum, which reverts unless it is kept.',
    fields: pool => [
      { name: 'maximum', label: 'Connections', type: 'number', min: 1, max: 4000, value: pool?.configured ?? 16 },
      { name: 'minutes', label: 'Reverts after minutes', type: 'number', min: 1, max: 240, value: 15, unless: 'keep' },
      { name: 'keep', label: 'Keep it until this process ends', type: 'checkbox', value: false },
    ],
  },
  pause: {
    name: 'Pause',
    what: 'Stays away from the database for a while.',
    fields: () => [{ name: 'seconds', label: 'For seconds, at most 600', type: 'number', min: 1, max: 600, value: 60 }],
  },
  resume: { name: 'Resume', what: 'Ends a pause.', fields: () => [] },
  'terminate-backend': {
    name: 'Terminate a backend',
    what: 'Ends one session at the server.',
    fields: () => [{ name: 'pid', label: 'Pid', type: 'number', min: 1, max: 2147483647, value: '' }],
  },
  'log-level': {
    name: 'Change a log level',
    what: 'More or less of the log, for some minutes: of dev.lectern and com.zaxxer.hikari.',
    fields: () => [
      { name: 'logger', label: 'Logger', type: 'text', value: 'dev.lectern.neon' },
      { name: 'level', label: 'Level', type: 'select', choices: ['OFF', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'], value: 'DEBUG' },
      { name: 'minutes', label: 'For minutes', type: 'number', min: 1, max: 240, value: 15 },
    ],
  },
};
const AUDIT = [
  { name: 'actor', label: 'Who you are', type: 'text', value: '', optional: true },
  { name: 'reason', label: 'Why', type: 'text', value: '', optional: true },
];

/** What an operator can do. Each is seen before it is done, written down, and has a way back. */
export function Actions({ onOpen }) {
  return h(
    Part,
    { id: 'actions', title: 'Actions', note: 'seen before they are done, written down, and with a way back' },
    h(
      'ul',
      { class: 'actions' },
      Object.entries(ACTIONS).map(([key, { name, what }]) => h('li', { key }, h('button', { type: 'button', onClick: () => onOpen(key) }, `${name} …`), h('span', { class: 'note' }, what))),
    ),
  );
}

/** From what is wanted to what it would do, to what it did. */
export class ActionDialog extends Component {
  dialog = createRef();

  constructor(props) {
    super(props);
    const values = {};
    for (const field of this.fields(props)) values[field.name] = props.given?.[field.name] ?? field.value;
    values.actor = sessionStorage.getItem('lectern-actor') ?? '';
    this.state = { values, preview: null, done: null, failure: null, busy: false };
  }

  fields({ action, pool } = this.props) {
    return [...ACTIONS[action].fields(pool), ...AUDIT];
  }

  componentDidMount() {
    this.dialog.current.showModal();
  }

  /** Where the step that had the focus is gone, the next one has it. */
  componentDidUpdate(_, before) {
    if (before.preview !== this.state.preview || before.done !== this.state.done) {
      this.dialog.current.querySelector('[data-next]')?.focus();
    }
  }

  body() {
    const { values } = this.state;
    const body = {};
    for (const field of this.fields()) {
      const value = values[field.name];
      if (value === '' || value === false || (field.unless && values[field.unless])) continue;
      body[field.name] = field.type === 'number' ? Number(value) : value;
    }
    return body;
  }

  change = event => {
    const { name, type, checked, value } = event.target;
    this.setState({ values: { ...this.state.values, [name]: type === 'checkbox' ? checked : value }, failure: null });
  };

  async run(action, body, arrived) {
    this.setState({ busy: true, failure: null });
    try {
      this.setState({ busy: false, ...arrived(await act(action, body)) });
    } catch (failure) {
      this.setState({ busy: false, failure });
    }
  }

  preview = event => {
    event.preventDefault();
    sessionStorage.setItem('lectern-actor', this.state.values.actor);
    this.run(this.props.action, { ...this.body(), preview: true }, preview => ({ preview }));
  };

  confirm = () => this.run(this.props.action, this.body(), done => ({ done }));

  undo = () => {
    const { action, body } = this.state.done.undo;
    const { actor, reason } = this.body();
    this.run(action, { ...body, ...(actor && { actor }), ...(reason && { reason }) }, done => ({ done, undone: true }));
  };

  render({ action, onClose }, { values, preview, done, failure, busy }) {
    const { name, what } = ACTIONS[action];
    return h(
      'dialog',
      { ref: this.dialog, class: 'action', 'aria-labelledby': 'action-title', onClose },
      h('h2', { id: 'action-title' }, name),
      h('p', { class: 'note' }, what),
      !preview && !done && h(Form, { fields: this.fields(), values, busy, onChange: this.change, onSubmit: this.preview, onCancel: this.close }),
      preview && !done && h(Preview, { preview, busy, onBack: () => this.setState({ preview: null, failure: null }), onConfirm: this.confirm, onCancel: this.close }),
      done && h(Done, { done, undone: this.state.undone, busy, onUndo: this.undo, onClose: this.close }),
      h('div', { class: 'failure', role: 'alert' }, failure && [failure.message, failure.errors?.map(error => h('p', null, h('code', null, error.pointer?.slice(1)), ` ${error.detail}`))]),
    );
  }

  close = () => this.dialog.current.close();
}

function Form({ fields, values, busy, onChange, onSubmit, onCancel }) {
  return h(
    'form',
    { onSubmit },
    fields.map(field => h(Field, { key: field.name, field, value: values[field.name], disabled: Boolean(field.unless && values[field.unless]), onChange })),
    h('p', { class: 'buttons' }, h('button', { type: 'button', onClick: onCancel }, 'Cancel'), h('button', { type: 'submit', class: 'primary', disabled: busy }, 'Preview')),
  );
}

function Field({ field: { name, label, type, choices, min, max, optional }, value, disabled, onChange }) {
  if (type === 'checkbox') {
    return h('label', { class: 'check' }, h('input', { type, name, checked: value, onChange }), label);
  }
  const shared = { name, value, disabled, required: !optional };
  return h(
    'label',
    null,
    label,
    optional && h('span', { class: 'optional' }, ' (optional, for the log)'),
    type === 'select'
      ? h('select', { ...shared, onChange }, choices.map(choice => h('option', { value: choice }, choice)))
      : h('input', { ...shared, type, min, max, maxlength: type === 'text' ? 200 : null, onInput: onChange, autocomplete: 'off' }),
  );
}

function Preview({ preview, busy, onBack, onConfirm, onCancel }) {
  return h(
    'div',
    { class: 'step' },
    h('h3', null, 'What it would do'),
    h('p', { class: 'effect' }, withNames(preview.effect)),
    h('p', { class: 'note' }, back(preview)),
    h(
      'p',
      { class: 'buttons' },
      h('button', { type: 'button', onClick: onCancel }, 'Cancel'),
      h('button', { type: 'button', onClick: onBack }, 'Back'),
      h('button', { type: 'button', class: 'primary', disabled: busy, 'data-next': '', onClick: onConfirm }, 'Confirm'),
    ),
  );
}

function Done({ done, undone, busy, onUndo, onClose }) {
  return h(
    'div',
    { class: 'step', role: 'status' },
    h('h3', null, undone ? 'Taken back' : 'Done'),
    h('p', { class: 'effect' }, withNames(done.effect)),
    h('p', { class: 'note' }, undone ? 'It is in the event log.' : `${back(done)} It is in the event log.`),
    h(
      'p',
      { class: 'buttons' },
      done.undo && !undone && h('button', { type: 'button', disabled: busy, onClick: onUndo }, 'Take it back'),
      h('button', { type: 'button', class: 'primary', 'data-next': '', onClick: onClose }, 'Close'),
    ),
  );
}

/** The way back, in words. */
function back({ until, undo }) {
  const ends = until ? `It ends by itself at ${time(until)} UTC, in ${duration(Date.parse(until) - Date.now())}. ` : '';
  const undone = undo ? `The way back: ${described(undo)}.` : until ? '' : 'There is no way back, and nothing that would need one.';
  return ends + undone;
}

function described({ action, body }) {
  const details = Object.entries(body).map(([key, value]) => `${key} ${value}`);
  return `${ACTIONS[action]?.name ?? action}${details.length > 0 ? ` (${details.sort().join(', ')})` : ''}`;
}
