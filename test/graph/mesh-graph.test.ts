import { App, Chart } from 'cdk8s';
import { MeshGraph } from '../../lib/graph/mesh-graph';
import type { NamespaceFacts } from '../../lib/model/namespace-facts';
import { newChart } from '../builders';
import { call, exposure, service } from '../rules/model-builder';

const [cart, web] = [service('cart'), service('web', { namespaceName: 'front' })];
const acme = { trustDomain: 'acme.org', clusterDomain: 'cluster.local', rootNamespace: 'istio-system' };

const newGraph = () => MeshGraph.of(newChart());

describe('what one App says', () => {
  it('is one for all of its charts, and none of another App’s', () => {
    const app = new App();
    const [one, other] = [new Chart(app, 'one'), new Chart(app, 'other')];
    expect(MeshGraph.of(one)).toBe(MeshGraph.of(other));
    expect(MeshGraph.of(one)).toBe(MeshGraph.of(app));
    expect(MeshGraph.of(one)).not.toBe(newGraph());
  });

  it('is found from either end of a call, and by the namespace that it leads into', () => {
    const graph = newGraph();
    const said = call(web, cart);
    graph.addCall(said);
    expect([graph.callsTo(cart.key), graph.callsFrom(web.key), graph.callsInto('shop')]).toEqual([[said], [said], [said]]);
    expect([graph.callsTo(web.key), graph.callsFrom(cart.key), graph.callsInto('front')]).toEqual([[], [], []]);
  });

  it('grows by a limit, which somebody may have to be told of', () => {
    const graph = newGraph();
    const before = graph.revision;
    const limit = { owner: cart.key, match: { headers: [], queryParams: [] }, path: 'test/limit' };
    graph.addLimit(limit);
    expect([graph.limits, graph.revision]).toEqual([[limit], before + 1]);
  });

  it('calls back once as soon as more is said of a namespace, and again only for who asks again', () => {
    const graph = newGraph();
    const told: number[] = [];
    graph.onNamespace('shop', () => told.push(graph.namespaces.size));
    const say = (name: string) => graph.addNamespace({ name } as NamespaceFacts);
    ['front', 'shop', 'shop'].forEach(say);
    expect(told).toEqual([2]);
  });

  it('is found by the service that it is about', () => {
    const graph = newGraph();
    const route = { service: cart.key, by: 'canary', path: 'shop/release' };
    const opening = exposure(cart);
    graph.addParty(cart);
    graph.addRoute(route);
    graph.addExposure(opening);
    expect([graph.routesOf(cart.key), graph.exposuresOf(cart.key), graph.partiesIn('shop')]).toEqual([[route], [opening], [cart]]);
    expect([graph.routesOf(web.key), graph.exposuresOf(web.key), graph.partiesIn('front')]).toEqual([[], [], []]);
  });

  it('cannot be changed once it is said', () => {
    const graph = newGraph();
    const said = { ...call(web, cart) };
    graph.addCall(said);
    expect(() => Object.assign(said, { action: 'DENY' })).toThrow(TypeError);
  });

  it.each<[string, (graph: MeshGraph) => void]>([
    ['namespace', (graph) => graph.addNamespace({ name: 'shop' } as NamespaceFacts)],
    ['party', (graph) => void graph.addParty(cart)],
    ['call', (graph) => graph.addCall(call(web, cart))],
    ['route', (graph) => graph.addRoute({ service: cart.key, by: 'canary', path: 'shop/release' })],
    ['exposure', (graph) => graph.addExposure(exposure(cart))],
    ['set of values of the mesh', (graph) => void graph.trySettings(acme)],
  ])('is more with each %s, so that what followed from it is old', (_, say) => {
    const graph = newGraph();
    const before = graph.revision;
    say(graph);
    expect(graph.revision).toBeGreaterThan(before);
  });
});

describe('the values of a mesh', () => {
  it('are Istio’s own until somebody says others, and may be looked at before', () => {
    const graph = newGraph();
    expect([graph.settings.trustDomain, graph.hasSettings]).toEqual(['cluster.local', false]);
    expect([graph.trySettings(acme), graph.settings, graph.hasSettings]).toEqual([true, acme, true]);
  });

  it('stay as they are once a name was made of them, or once they were said', () => {
    const used = newGraph();
    used.useSettings();
    expect([used.trySettings(acme), used.settings.trustDomain]).toEqual([false, 'cluster.local']);
    const said = newGraph();
    said.trySettings(acme);
    expect([said.trySettings({ ...acme, trustDomain: 'other.org' }), said.trySettings({ ...acme })]).toEqual([false, true]);
  });

  it('may say what the cluster is for after names were made, but not two things', () => {
    const graph = newGraph();
    const named = graph.useSettings();
    expect([graph.trySettings({ ...named, environment: 'production' }), graph.settings.environment]).toEqual([true, 'production']);
    expect([graph.trySettings({ ...named, environment: 'staging' }), graph.settings.environment]).toEqual([false, 'production']);
  });
});
