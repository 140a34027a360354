import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { joinApp } from '../../../lib/constructs/tree/join-app';
import { claimObject } from '../../../lib/constructs/tree/make-object';
import { Slot } from '../../../lib/constructs/tree/slot';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { settle } from '../../../lib/graph/settle';
import { manifests, newChart } from '../../builders';

const make = (scope: Construct, name: string) =>
  claimObject(new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));

interface Room {
  readonly chart: Chart;
  readonly slot: Slot;
  /** What is needed from now on, as if a statement had said so. */
  need(...ids: string[]): void;
}

function room(): Room {
  const chart = newChart();
  const graph = joinApp(chart);
  let needed: string[] = [];
  const slot = new Slot(chart, 'Slot', () => needed.map((id) => ({ id, make })));
  return {
    chart,
    slot,
    need(...ids) {
      needed = ids;
      graph.revision++;
      settle(chart);
    },
  };
}

const written = ({ chart }: Room) => manifests(chart).map(({ metadata }) => metadata.name);

describe('room for objects that may be needed', () => {
  it('is empty until something is needed, and stays where it was reserved', () => {
    const one = room();
    make(one.chart, 'later');
    expect(written(one)).toEqual(['later']);
    one.need('a');
    expect(written(one)).toEqual(['a', 'later']);
  });

  it('keeps what is still needed, with the patches of its user, and lets go of the rest', () => {
    const one = room();
    one.need('a', 'b');
    const [a] = one.slot.node.children as ApiObject[];
    a.addJsonPatch(JsonPatch.add('/data', { mine: 'yes' }));
    one.need('a', 'c');
    expect(one.slot.node.children[0]).toBe(a);
    expect(manifests(one.chart)).toMatchObject([{ data: { mine: 'yes' } }, { metadata: { name: 'c' } }]);
  });

  it('remembers what a user has said of an object that goes, whether or not it comes back', () => {
    const one = room();
    one.need('a', 'b', 'c');
    const [a, b] = one.slot.node.children as ApiObject[];
    a.addJsonPatch(JsonPatch.add('/data', { mine: 'yes' }));
    b.addJsonPatch(JsonPatch.add('/data', { mine: 'yes' }));
    one.need('b');
    one.need('a', 'b');
    expect(MeshGraph.of(one.chart).lostPatches).toMatchObject([
      { kind: 'ConfigMap', name: 'a', path: 'test/Slot/a', room: 'test/Slot', site: { line: expect.stringContaining('slot.test.ts') } },
    ]);
    const anew = one.slot.node.findChild('a');
    expect([anew === a, one.slot.node.findChild('b') === b]).toEqual([false, true]);
  });

  it.each([
    ['in the end', [['a', 'b', 'c']]],
    ['from the last to the first', [['c'], ['b', 'c'], ['a', 'b', 'c']]],
    [
      'with gaps',
      [
        ['a', 'c'],
        ['a', 'b', 'c'],
      ],
    ],
    [
      'and goes and comes back',
      [
        ['a', 'c'],
        ['a', 'b', 'c'],
        ['a', 'c'],
        ['b', 'c'],
        ['a', 'b', 'c'],
      ],
    ],
  ])('has them in one order where they are needed %s', (_, needs) => {
    const one = room();
    needs.forEach((ids) => one.need(...ids));
    expect(written(one)).toEqual(['a', 'b', 'c']);
  });

  it('is written where the one is gone that another was put behind, or that a user waits for', () => {
    const one = room();
    one.need('b');
    one.need('a', 'b');
    make(one.chart, 'after').node.addDependency(one.slot.node.findChild('a'));
    one.need('b');
    expect(written(one)).toEqual(['b', 'after']);
  });

  it('does nothing twice while nothing new is said', () => {
    const one = room();
    one.need('a');
    const [a] = one.slot.node.children;
    settle(one.chart);
    expect(one.slot.node.children).toEqual([a]);
  });

  it('leaves alone what a user has put there', () => {
    const one = room();
    make(one.slot, 'mine');
    one.need('a');
    one.need();
    expect(written(one)).toEqual(['mine']);
  });
});
