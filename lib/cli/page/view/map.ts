import { element, shape } from '../dom';
import type { Visible } from '../visible';
import { nameOf } from '../filter';
import { type Drawn, drawnBox, drawnItem, drawnLine } from './drawing';
import { placedIn } from './layout';
import type { Spot } from './places';
import { nearestTowards } from './towards';

const ARROWS = ['http', 'grpc', 'tcp', 'tls', 'guessed', 'several'];
const [SMALLEST, LARGEST] = [0.2, 2.5];
// Smaller than that nobody reads names.
const SMALLEST_FIT = 0.7;

/** The picture of a mesh, in a frame in which it is moved and made larger or smaller. */
export class MeshMap {
  private readonly picture = shape('svg', {
    role: 'group',
    'aria-label': 'Map of the mesh. Arrow keys go from one thing to the next, Enter opens it.',
  });
  private drawn: readonly Drawn[] = [];
  private size = { width: 1, height: 1 };
  private scale = 1;
  private at: string | undefined;

  constructor(
    private readonly frame: HTMLElement,
    private readonly onChosen: (id: string) => void,
  ) {
    frame.append(this.picture);
    this.picture.addEventListener('click', (event) => this.chosen(event.target));
    this.picture.addEventListener('keydown', (event) => this.pressed(event));
    this.picture.addEventListener('focusin', (event) => this.moveTo(idOf(event.target)));
    frame.addEventListener('wheel', (event) => this.turned(event), { passive: false });
    moveByHand(frame);
  }

  show(visible: Visible): void {
    const made = placedIn(this.frame, visible, widthOf);
    const names = new Map(visible.items.map((item) => [item.id, item.node ? nameOf(item.node) : `namespace ${item.title}`]));
    const boxes = made.boxes.map(drawnBox);
    const lines = made.lines.map((line) => drawnLine(line, made.direction, names));
    const items = made.items.map(drawnItem);
    this.drawn = [...boxes, ...lines, ...items];
    this.size = made;
    const ways = lines.flatMap(({ way }) => way ?? []);
    const [under, over] = [boxes, [...lines, ...items]].map((some) => some.map(({ element: one }) => one));
    this.picture.replaceChildren(arrows(), ...under, ...ways, ...over);
    this.moveTo(this.drawn.find(({ id }) => id === this.at)?.id ?? items[0]?.id);
  }

  /** As large as it fits into its frame, but no larger than it is. */
  fit(): void {
    const { clientWidth, clientHeight } = this.frame;
    const whole = Math.min((clientWidth - 4) / this.size.width, (clientHeight - 4) / this.size.height, 1.15);
    this.zoomTo(Math.max(whole, SMALLEST_FIT));
    const first = this.drawn.reduce<Spot>((best, one) => (one.x + one.y < best.x + best.y ? one : best), {
      x: this.size.width,
      y: this.size.height,
    });
    this.frame.scrollTo({ left: first.x * this.scale - clientWidth / 2, top: first.y * this.scale - clientHeight / 2 });
  }

  zoomBy(factor: number): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.frame;
    const before = this.scale;
    this.zoomTo(before * factor);
    const grown = this.scale / before;
    this.frame.scrollTo({
      left: (scrollLeft + clientWidth / 2) * grown - clientWidth / 2,
      top: (scrollTop + clientHeight / 2) * grown - clientHeight / 2,
    });
  }

  /** Marks what is chosen, and dims all that has nothing to do with it. */
  mark(chosen: string | undefined, near: ReadonlySet<string>): void {
    this.picture.classList.toggle('has-chosen', near.size > 0);
    for (const { id, element: one, way } of this.drawn) {
      one.classList.toggle('chosen', id === chosen);
      for (const part of [one, way]) part?.classList.toggle('near', near.has(id));
    }
  }

  /** Goes to something, and scrolls to it. */
  focus(id: string): void {
    const target = this.drawn.find((one) => one.id === id);
    if (!target) return;
    buttonOf(target).focus({ preventScroll: true });
    const [left, top] = [target.x * this.scale - this.frame.clientWidth / 2, target.y * this.scale - this.frame.clientHeight / 2];
    this.frame.scrollTo({ left, top });
  }

  private zoomTo(scale: number): void {
    this.scale = Math.min(Math.max(scale, SMALLEST), LARGEST);
    const { width, height } = this.size;
    this.picture.setAttribute('viewBox', `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`);
    this.picture.setAttribute('width', String(Math.ceil(width * this.scale)));
    this.picture.setAttribute('height', String(Math.ceil(height * this.scale)));
  }

  private chosen(target: EventTarget | null): void {
    const id = idOf(target);
    if (id !== undefined) this.onChosen(id);
  }

  private pressed(event: KeyboardEvent): void {
    const id = idOf(event.target);
    const from = this.drawn.find((one) => one.id === id);
    if (id === undefined || !from) return;
    if (event.key === 'Enter' || event.key === ' ') this.onChosen(id);
    else if (!event.key.startsWith('Arrow')) return;
    const next = nearestTowards(event.key, from, this.drawn);
    if (next) this.focus(next.id);
    event.preventDefault();
  }

  /** One thing at a time is what Tab comes to. */
  private moveTo(id: string | undefined): void {
    if (id === undefined) return;
    this.at = id;
    for (const one of this.drawn) buttonOf(one).setAttribute('tabindex', one.id === id ? '0' : '-1');
  }

  private turned(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(event.deltaY < 0 ? 1.12 : 1 / 1.12);
  }
}

function idOf(target: EventTarget | null): string | undefined {
  return (target as Element).closest('[data-id]')?.getAttribute('data-id') ?? undefined;
}

/** A box is chosen by its head. */
function buttonOf({ element: one }: Drawn): SVGElement {
  return one.hasAttribute('data-id') ? one : one.querySelector<SVGElement>('[data-id]')!;
}

function arrows(): SVGElement {
  const marker = (name: string): SVGElement =>
    shape(
      'marker',
      {
        id: `arrow-${name}`,
        viewBox: '0 0 10 10',
        refX: 9,
        refY: 5,
        markerWidth: 9,
        markerHeight: 9,
        markerUnits: 'userSpaceOnUse',
        orient: 'auto-start-reverse',
      },
      shape('path', { d: 'M0 1L10 5L0 9z', class: `arrow arrow-${name}` }),
    );
  return shape('defs', {}, ...ARROWS.map(marker));
}

const pen = element('canvas').getContext('2d');

function widthOf(text: string, size: number): number {
  if (!pen) return text.length * size * 0.58;
  pen.font = `600 ${size}px system-ui, sans-serif`;
  return pen.measureText(text).width;
}

/** A frame is moved by what is behind its things. */
function moveByHand(frame: HTMLElement): void {
  let from: { readonly x: number; readonly y: number } | undefined;
  frame.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button === 0 && idOf(event.target) === undefined)
      from = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
  });
  window.addEventListener('pointermove', (event) => {
    if (from) frame.scrollTo(from.x - event.clientX, from.y - event.clientY);
  });
  window.addEventListener('pointerup', () => (from = undefined));
}
