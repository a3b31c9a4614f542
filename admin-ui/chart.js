// What the charts have in common: colours of the style sheet, and bands of the database's states.

/** A custom property of the style sheet, as the canvas wants it. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const HATCHED = new Set(['asleep']);

/** Draws in which state the database was, behind the series. */
export function bands(states) {
  return u => {
    const { ctx } = u;
    const { left, top, width, height } = u.bbox;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    for (const span of states()) {
      const from = u.valToPos(Date.parse(span.from) / 1000, 'x', true);
      const to = span.to === null ? left + width : u.valToPos(Date.parse(span.to) / 1000, 'x', true);
      if (to < left || from > left + width) continue;
      // However short a state was, it is to be seen.
      const wide = Math.max(to - from, devicePixelRatio);
      ctx.fillStyle = HATCHED.has(span.status) ? hatch(ctx, colour(`state-${span.status}`)) : colour(`band-${span.status}`);
      ctx.fillRect(from, top, wide, height);
      ctx.fillStyle = colour(`state-${span.status}`);
      ctx.fillRect(from, top, wide, 3 * devicePixelRatio);
    }
    ctx.restore();
  };
}

/** Marks at the foot of a chart when the compute woke. */
export function wakes(timeline) {
  return u => {
    const { ctx } = u;
    const size = 5 * devicePixelRatio;
    const foot = u.bbox.top + u.bbox.height;
    ctx.save();
    ctx.fillStyle = colour('state-waking');
    const known = timeline();
    known?.at.forEach((at, i) => {
      if (known.wakes[i] === 0 || at < u.scales.x.min || at > u.scales.x.max) return;
      const x = u.valToPos(at, 'x', true);
      ctx.beginPath();
      ctx.moveTo(x, foot - 2 * size);
      ctx.lineTo(x + size, foot);
      ctx.lineTo(x - size, foot);
      ctx.fill();
    });
    ctx.restore();
  };
}

function hatch(ctx, ink) {
  const size = Math.round(7 * devicePixelRatio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d');
  pen.strokeStyle = ink;
  pen.globalAlpha = 0.35;
  pen.lineWidth = devicePixelRatio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, 'repeat');
}
