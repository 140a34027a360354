import { button, element } from '../dom';
import type { Part } from '../filter';
import type { MeshGraph } from '../mesh-graph';
import { MTLS } from '../view/line-text';
import { titleOf } from './details';

const HEADS = ['From', 'To', 'Protocol', 'mTLS', 'Enforced at', 'Shares', 'Open to'];

/** Every call in a row: for readers who do not see the map, for paper, and for whoever likes lists. */
export function callTable(graph: MeshGraph, { edges }: Part, show: (id: string) => void): HTMLElement {
  const names = new Map(graph.nodes.map(({ id }) => [id, titleOf(graph, id)]));
  const rows = edges.map((edge) => {
    const { id, caller, callee, protocol, port, mtls, enforcedAt, shares, whoever } = edge;
    const from = element(
      'th',
      { scope: 'row' },
      button(names.get(caller) ?? caller, () => show(id), { class: 'link' }),
    );
    const texts = [
      names.get(callee) ?? callee,
      `${protocol} ${port}`,
      MTLS[mtls],
      enforcedAt,
      shares.map(({ workload, percent }) => `${percent} % ${workload}`).join(', '),
      whoever ? 'anybody' : 'those granted',
    ];
    return element('tr', { class: `mtls-${mtls}` }, from, ...texts.map((text) => element('td', {}, text)));
  });
  const head = element('tr', {}, ...HEADS.map((text) => element('th', { scope: 'col' }, text)));
  const caption = element('caption', {}, edges.length === 1 ? '1 call' : `${edges.length} calls`);
  return element('table', {}, caption, element('thead', {}, head), element('tbody', {}, ...rows));
}
