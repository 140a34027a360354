import { element, found } from './dom';
import { Engine } from './engine';
import { type Filter, namedLike, partOf } from './filter';
import type { PageData } from '../formats/page';
import type { GraphEdge, MeshGraph } from './mesh-graph';
import { AskForm } from './panel/ask';
import { callDetails, namespaceDetails, nodeDetails, type Ways } from './panel/details';
import { legend } from './panel/legend';
import { callTable } from './panel/table';
import { SearchBox } from './search';
import { themeSwitch } from './theme';
import { MeshMap } from './view/map';
import { closedId, type Visible, visibleOf } from './visible';

const NAMESPACE = /^(?:namespace|box) (.*)$/;

/** The page: what is open, filtered and chosen, and who shows it. */
export class Page {
  private readonly open: Set<string>;
  private readonly map = new MeshMap(found('map'), (id) => this.choose(id));
  private readonly form: AskForm;
  private readonly ways: Ways = { show: (id) => this.goTo(id), ask: (from, to) => this.askAbout(from, to) };
  private filter: Filter = {};
  private chosen: string | undefined;
  private visible: Visible = { items: [], lines: [], boxes: [] };

  private readonly graph: MeshGraph;

  constructor({ graph, source, open }: PageData) {
    this.graph = graph;
    this.open = new Set(open);
    this.form = new AskForm(graph, new Engine(source));
  }

  start(): void {
    themeSwitch(found('theme'));
    found('legend').append(legend());
    this.tellCounts();
    this.wireFilters();
    this.wireButtons();
    new SearchBox(
      (text) => namedLike(this.graph.nodes, text),
      (id) => this.goTo(id),
    );
    this.show();
    this.map.fit();
    if (this.graph.nodes.length === 0) found('details').replaceChildren(element('h2', {}, 'No services here'));
  }

  /** Draws anew what is open and let through. */
  private show(): void {
    const part = partOf(this.graph, this.filter);
    this.visible = visibleOf(this.graph, part, this.open);
    this.map.show(this.visible);
    this.mark();
    found('list').replaceChildren(callTable(this.graph, part, (id) => this.goTo(id)));
    found('shown').textContent =
      `${part.nodes.length} of ${this.graph.nodes.length} shown, ${part.edges.length} of ${this.graph.edges.length} calls`;
  }

  /** Chooses what was clicked; a namespace opens by it, and closes again. */
  private choose(id: string): void {
    const name = NAMESPACE.exec(id)?.[1];
    if (name !== undefined && this.graph.namespaces.some((one) => one.name === name)) return this.toggle(name);
    this.chosen = id;
    this.mark();
    this.tell();
  }

  private toggle(name: string): void {
    if (!this.open.delete(name)) this.open.add(name);
    this.chosen = this.open.has(name) ? `box ${name}` : closedId(name);
    this.show();
    this.map.fit();
    this.map.focus(this.chosen);
    this.tell();
  }

  /** Chooses somebody or a call from elsewhere: its namespaces are opened, and what hides it is taken away. */
  private goTo(id: string): void {
    const edge = this.graph.edges.find((one) => one.id === id);
    const ends = edge ? [edge.caller, edge.callee] : [id];
    const closed = this.graph.nodes.filter((node) => ends.includes(node.id)).flatMap(({ namespaceName }) => namespaceName ?? []);
    const isHidden = ends.some((end) => !partOf(this.graph, this.filter).nodes.some((node) => node.id === end));
    if (isHidden) this.clearFilter();
    if (isHidden || closed.some((name) => !this.open.has(name))) {
      for (const name of closed) this.open.add(name);
      this.show();
      this.map.fit();
    }
    this.viewAs('map');
    this.chosen = edge ? this.visible.lines.find(({ edges }) => edges.some((one) => one.id === id))?.id : id;
    this.mark();
    this.tell(edge);
    if (this.chosen !== undefined) this.map.focus(this.chosen);
  }

  private mark(): void {
    const { chosen } = this;
    const lines = this.visible.lines.filter(({ id, caller, callee }) => [id, caller, callee].includes(chosen ?? ''));
    this.map.mark(chosen, new Set(lines.flatMap(({ id, caller, callee }) => [id, caller, callee])));
  }

  /** Says in the panel what is chosen: of a line the one call that was meant, or all. */
  private tell(edge?: GraphEdge): void {
    const { chosen = '', graph, ways } = this;
    const line = this.visible.lines.find(({ id }) => id === chosen);
    const node = graph.nodes.find(({ id }) => id === chosen);
    const name = NAMESPACE.exec(chosen)?.[1] ?? '';
    this.turnTo('details');
    const parts = line
      ? callDetails(graph, edge ? [edge] : line.edges, ways)
      : node
        ? nodeDetails(graph, node, ways)
        : namespaceDetails(graph, name, this.open.has(name), () => this.toggle(name), ways);
    found('details').replaceChildren(...parts);
    found('panel').scrollTop = 0;
  }

  private askAbout(from: string, to: string): void {
    this.turnTo('asking');
    this.form.fill(from, to);
  }

  private turnTo(part: 'details' | 'asking'): void {
    found('details').hidden = part !== 'details';
    found('asking').hidden = part !== 'asking';
    found('to-details').setAttribute('aria-pressed', String(part === 'details'));
    found('to-ask').setAttribute('aria-pressed', String(part === 'asking'));
  }

  private viewAs(view: 'map' | 'list'): void {
    found('mesh').classList.toggle('as-list', view === 'list');
    found('list').hidden = view !== 'list';
    found('map-tools').hidden = view !== 'map';
    found('as-map').setAttribute('aria-pressed', String(view === 'map'));
    found('as-list').setAttribute('aria-pressed', String(view === 'list'));
  }

  private wireButtons(): void {
    const openAll = (names: readonly string[]): void => {
      this.open.clear();
      for (const name of names) this.open.add(name);
      this.show();
      this.map.fit();
    };
    const clicked: Readonly<Record<string, () => void>> = {
      'open-all': () => openAll(this.graph.namespaces.map(({ name }) => name)),
      'close-all': () => openAll([]),
      smaller: () => this.map.zoomBy(1 / 1.25),
      larger: () => this.map.zoomBy(1.25),
      fit: () => this.map.fit(),
      'as-map': () => this.viewAs('map'),
      'as-list': () => this.viewAs('list'),
      'to-details': () => this.turnTo('details'),
      'to-ask': () => this.turnTo('asking'),
    };
    for (const [id, click] of Object.entries(clicked)) found(id).addEventListener('click', click);
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && this.chooseNothing());
  }

  private chooseNothing(): void {
    this.chosen = undefined;
    this.mark();
  }

  private wireFilters(): void {
    const form = found<HTMLFormElement>('filters');
    offer(
      form,
      'namespace',
      this.graph.namespaces.map(({ name }) => name),
    );
    offer(form, 'protocol', [...new Set(this.graph.edges.map(({ protocol }) => protocol))].sort());
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('change', ({ target }) => target === found('search') || this.filterBy(new FormData(form)));
    form.addEventListener('reset', () => this.filterBy(new FormData()));
  }

  private filterBy(fields: FormData): void {
    const said = (name: string): string | undefined => (fields.get(name) as string | null) || undefined;
    this.filter = {
      namespace: said('namespace'),
      protocol: said('protocol'),
      mtls: said('mtls'),
      openToAnybody: fields.has('openToAnybody'),
    };
    if (this.filter.namespace !== undefined) this.open.add(this.filter.namespace);
    this.show();
    this.map.fit();
  }

  private clearFilter(): void {
    this.filter = {};
    found<HTMLFormElement>('filters').reset();
  }

  private tellCounts(): void {
    const { nodes, namespaces, edges, notRead } = this.graph;
    const counts = [
      `${namespaces.length} namespaces`,
      `${nodes.filter(({ kind }) => kind === 'service').length} services`,
      `${edges.length} calls`,
    ];
    found('counts').textContent = counts.map((text) => text.replace(/^(1 .*)s$/, '$1')).join(', ');
    const unread = found('not-read');
    unread.hidden = notRead.length === 0;
    unread.querySelector('summary')!.textContent = `Not read: ${notRead.length}`;
    unread.querySelector('ul')!.replaceChildren(...notRead.map((text) => element('li', {}, text)));
  }
}

function offer(form: HTMLFormElement, name: string, values: readonly string[]): void {
  (form.elements.namedItem(name) as HTMLSelectElement).append(...values.map((value) => element('option', { value }, value)));
}
