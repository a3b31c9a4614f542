import { Component, createRef, h } from '../lib/preact.js';
import uPlot from '../lib/uplot.js';
import { bands, colour, wakes } from '../chart.js';
import { count, duration, NONE, time, word } from '../format.js';
import { Part, Table, withNames } from '../page.js';

const HOUR = 3600;
const WINDOWS = [
  { seconds: 120, name: '2 min' },
  { seconds: 300, name: '5 min' },
  { seconds: 900, name: '15 min' },
  { seconds: HOUR, name: '60 min' },
];
const LEVELS = [
  { column: 'active', name: 'in use', ink: 'accent', fill: 'accent-faint' },
  { column: 'waiting', name: 'waiting', ink: 'warn', bars: true },
  { column: 'maximum', name: 'maximum', ink: 'muted', dash: [4, 4] },
];
const COUNTS = [
  { column: 'served', name: 'served', ink: 'good', fill: 'good-faint' },
  { column: 'refused', name: 'refused', ink: 'bad', bars: true },
  { column: 'timeouts', name: 'timeouts', ink: 'late', bars: true },
  { column: 'failed', name: 'failed', ink: 'critical', bars: true },
];
const COLUMNS = [...LEVELS, ...COUNTS];

/** The last hour: bands of the database's states, and on them who waited, what was refused, and when it woke. */
export class Timeline extends Component {
  levels = createRef();
  counts = createRef();
  charts = [];
  state = { zoom: null, seconds: null, at: null };

  componentDidMount() {
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.dark.addEventListener('change', this.rebuild);
    this.resized = new ResizeObserver(() => this.charts.forEach(chart => chart.setSize(size(chart.root.parentNode))));
    this.resized.observe(this.levels.current);
    this.rebuild();
  }

  componentWillUnmount() {
    this.dark.removeEventListener('change', this.rebuild);
    this.resized.disconnect();
    this.charts.forEach(chart => chart.destroy());
  }

  shouldComponentUpdate(props, state) {
    return props.timeline !== this.props.timeline || state !== this.state;
  }

  componentDidUpdate() {
    this.show();
  }

  rebuild = () => {
    this.charts.forEach(chart => chart.destroy());
    this.charts = [this.plot(this.levels.current, LEVELS), this.plot(this.counts.current, COUNTS)];
    this.show();
  };

  plot(box, series) {
    const states = () => this.props.timeline?.states ?? [];
    return new uPlot(
      {
        ...size(box),
        padding: [6, 8, 0, 0],
        legend: { show: false },
        tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        cursor: {
          sync: { key: 'timeline' },
          drag: { x: true, y: false, setScale: false },
          points: { size: 6 },
          bind: { dblclick: () => () => this.setState({ zoom: null }) },
        },
        scales: { x: { range: (_, min, max) => [min, max] }, y: { range: (_, __, max) => [0, Math.max(4, Math.ceil((max ?? 0) * 1.15))] } },
        axes: [axis(series === LEVELS ? { size: 6, space: 70, values: () => [] } : { size: 26, space: 70, values: clock }), axis({ size: 44, space: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] })],
        series: [{}, ...series.map(drawn)],
        hooks: {
          drawClear: [bands(states)],
          draw: series === LEVELS ? [wakes(() => this.props.timeline)] : [],
          setCursor: [chart => this.point(chart.cursor.idx)],
          setSelect: [chart => this.select(chart)],
        },
      },
      this.data(series),
      box,
    );
  }

  data(series) {
    return ['at', ...series.map(each => each.column)].map(column => this.props.timeline?.[column] ?? []);
  }

  point(index) {
    const at = index ?? null;
    if (at !== this.state.at) this.setState({ at });
  }

  select(chart) {
    const { left, width } = chart.select;
    if (width < 5) return;
    const zoom = { min: chart.posToVal(left, 'x'), max: chart.posToVal(left + width, 'x') };
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (zoom.max - zoom.min >= 3) this.setState({ zoom });
  }

  /** What is looked at: a part of the hour that was brushed, or the latest minutes. */
  range() {
    const { timeline } = this.props;
    if (this.state.zoom) return this.state.zoom;
    const max = timeline?.at.at(-1) ?? Math.floor(Date.now() / 1000);
    return { min: max - this.seconds(), max };
  }

  /** The shortest window that holds all there is, unless another was chosen. */
  seconds() {
    const known = this.props.timeline?.at.length ?? 0;
    return this.state.seconds ?? WINDOWS.find(window => known <= window.seconds)?.seconds ?? HOUR;
  }

  show() {
    [LEVELS, COUNTS].forEach((series, i) => {
      const chart = this.charts[i];
      chart.batch(() => {
        chart.setData(this.data(series), false);
        chart.setScale('x', this.range());
      });
    });
  }

  keys = event => {
    const chart = this.charts[0];
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') this.setState({ zoom: null });
    else if (event.key === '+') this.zoom(0.5);
    else if (event.key === '-') this.zoom(2);
    else if (step) {
      const { min, max } = this.range();
      const left = chart.cursor.left >= 0 ? chart.cursor.left : chart.over.clientWidth;
      const pixels = Math.max(1, chart.over.clientWidth / (max - min));
      chart.setCursor({ left: Math.min(Math.max(0, left + step * pixels), chart.over.clientWidth), top: 10 });
    } else return;
    event.preventDefault();
  };

  zoom(factor) {
    const { min, max } = this.range();
    const middle = this.state.at === null ? (min + max) / 2 : this.props.timeline.at[this.state.at];
    const half = Math.min(HOUR, Math.max(10, (max - min) * factor)) / 2;
    this.setState({ zoom: { min: middle - half, max: middle + half } });
  }

  render({ timeline }, { zoom }) {
    const seconds = this.seconds();
    return h(
      Part,
      { id: 'timeline', title: 'Timeline', json: 'timeline', note: zoom ? `${time(zoom.min)} to ${time(zoom.max)} UTC` : 'the last hour at most, UTC; drag to zoom, double-click to reset' },
      h(
        'div',
        { class: 'windows', role: 'group', 'aria-label': 'How much is shown' },
        WINDOWS.map(window =>
          h('button', { type: 'button', 'aria-pressed': !zoom && seconds === window.seconds, onClick: () => this.setState({ zoom: null, seconds: window.seconds }) }, window.name),
        ),
        h('button', { type: 'button', disabled: !zoom, onClick: () => this.setState({ zoom: null }) }, 'Reset zoom'),
      ),
      h(Reading, { timeline, at: this.state.at }),
      h(
        'div',
        { class: 'charts', tabindex: 0, role: 'group', 'aria-label': 'Charts of the last hour. Arrow keys move the cursor, plus and minus zoom, Escape resets.', onKeyDown: this.keys },
        h('p', { class: 'axis' }, 'connections'),
        h('div', { class: 'chart levels', ref: this.levels }),
        h('p', { class: 'axis' }, 'work a second'),
        h('div', { class: 'chart counts', ref: this.counts }),
      ),
      h(States, { timeline }),
    );
  }
}

/** The second under the cursor, or the latest, in figures: the legend, too. */
function Reading({ timeline, at }) {
  const last = timeline ? timeline.at.length - 1 : -1;
  const index = at === null ? last : Math.min(at, last);
  const second = timeline?.at[index];
  const status = timeline?.states.findLast(span => Date.parse(span.from) / 1000 < second + 1)?.status;
  return h(
    'ul',
    { class: 'reading' },
    h('li', { class: 'when' }, h('b', null, time(second)), h('span', { class: 'state', 'data-status': status }, word(status) || NONE)),
    COLUMNS.map(each => h('li', { 'data-ink': each.ink, 'data-dash': each.dash ? '' : null, 'data-bars': each.bars ? '' : null }, h('b', null, timeline?.[each.column][index] ?? NONE), ` ${each.name}`)),
    h('li', { 'data-ink': 'wake' }, h('b', null, timeline?.wakes[index] ?? NONE), ' wakes'),
  );
}

/** The same as text. */
function States({ timeline }) {
  const states = timeline?.states ?? [];
  const now = timeline ? Date.parse(timeline.to) : 0;
  const row = span =>
    h(
      'tr',
      { key: span.from },
      h('td', null, time(span.from)),
      h('td', null, h('span', { class: 'state', 'data-status': span.status }, word(span.status))),
      h('td', { class: 'number' }, span.to ? duration(Date.parse(span.to) - Date.parse(span.from)) : `${duration(Math.max(0, now - Date.parse(span.from)))} or more`),
      h('td', null, span.cause ? withNames(span.cause) : ''),
    );
  return h(
    'details',
    { class: 'states' },
    h('summary', null, `${count(states.length, 'state')} in this time`),
    h(Table, {
      caption: 'States of the database',
      head: [{ text: 'From' }, { text: 'State' }, { text: 'For', number: true }, { text: 'Cause' }],
      rows: [...states].reverse().slice(0, 100).map(row),
      empty: 'None yet.',
    }),
  );
}

/** A line, or bars for what is mostly zero: a line along the foot would look like something. */
function drawn({ ink, fill, dash, bars }) {
  const points = { show: false };
  return bars
    ? { fill: colour(ink), width: 0, points, paths: uPlot.paths.bars({ size: [1, Infinity, 1], align: 1 }) }
    : { stroke: colour(ink), fill: fill && colour(fill), dash, width: 1.25, points, paths: uPlot.paths.stepped({ align: 1 }) };
}

function clock(_, seconds) {
  return seconds.map(second => time(second).replace(/:00$/, ''));
}

function axis(rest) {
  const grid = { stroke: colour('grid'), width: 1 };
  return { stroke: colour('muted'), font: '11px system-ui, sans-serif', grid, ticks: { show: false }, ...rest };
}

function size(box) {
  return { width: Math.max(200, box.clientWidth), height: box.clientHeight };
}
