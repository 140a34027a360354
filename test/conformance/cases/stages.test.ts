import {
  HttpAccess,
  JwtIssuer,
  MeshNamespace,
  type MeshedService,
  NetworkLayer,
  ZeroTrustNamespace,
  ZeroTrustStage,
} from 'istio-constructs';
import { newChart, service } from '../../builders';
import { forEachEnforcer, forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Caller, Request } from '../../../lib/verdict/requests/request';
import { decide } from '../../../lib/verdict/decide';
import { judged } from '../judged';
import { meshFrom, meshOf, type MeshUnderTest } from '../mesh-under-test';
import { call, dial, from, PLAINTEXT, STRANGERS } from '../requests';
import { expectOnly } from '../who-calls-whom';

type Plane = Pick<PlaneUnderTest, 'dataPlane'>;

const [OBSERVE, ALLOW_KNOWN, DENY_REST] = [ZeroTrustStage.OBSERVE, ZeroTrustStage.ALLOW_KNOWN, ZeroTrustStage.DENY_REST] as const;
const UNFINISHED = [OBSERVE, ALLOW_KNOWN];
const EVERYBODY: readonly Caller[] = [{ workload: 'shop/cart-v1' }, { workload: 'shop/web-v1' }, ...Object.values(STRANGERS), PLAINTEXT];
const KNOWN = [{ from: 'shop/cart', to: 'shop/product' }];

/** Three services, one of which calls another; before the first stage in a namespace that is open. */
function shopAt({ dataPlane }: Plane, stage: ZeroTrustStage | 'open') {
  const chart = newChart();
  const namespace =
    stage === 'open' ? new MeshNamespace(chart, 'shop', { dataPlane }) : new ZeroTrustNamespace(chart, 'shop', { dataPlane, stage });
  const [cart, product, web] = ['cart', 'product', 'web'].map((name) => service(namespace, name)) as [
    MeshedService,
    MeshedService,
    MeshedService,
  ];
  if (stage !== 'open') cart.calls(product);
  return { chart, cart, product, web };
}

type Shop = ReturnType<typeof shopAt>;

const questions = ({ product, web }: Shop): Request[] =>
  [product, web].flatMap((callee) => EVERYBODY.flatMap((caller) => [from(caller, callee), dial(caller, callee)]));

/** The calls that istiod or the network layer refuses, in the words of who decides. */
async function refusals(mesh: MeshUnderTest, one: Shop): Promise<string[]> {
  const answers = await mesh.answers(questions(one));
  const refused = answers.flatMap(({ allowed, layer, by }) => (allowed ? [] : [`${layer} ${by}`]));
  return [...refused, ...refusedBy(mesh, one)];
}

function refusedBy({ cluster }: MeshUnderTest, one: Shop): string[] {
  const decisions = questions(one).map((request) => decide(cluster, request));
  return decisions.flatMap(({ allowed, layer, by }) => (allowed ? [] : [`${layer} ${by}`]));
}

describe('a namespace on its way to zero trust', () => {
  forEachEnforcer((plane) => {
    it('refuses at its earlier stages nothing that an open one lets in, in either layer', async () => {
      for (const stage of ['open', ...UNFINISHED] as const) {
        const one = shopAt(plane, stage);
        expect(await refusals(await judged(one.chart), one)).toEqual([]);
      }
    });

    it('lets in at its last stage who calls, and nobody else', async () => {
      const { chart } = shopAt(plane, DENY_REST);
      await expectOnly(await judged(chart), KNOWN);
    });

    it('reaches hosts that no program names until its last stage', async () => {
      const to = { host: 'api.example.com', port: 443 };
      for (const stage of UNFINISHED) {
        const mesh = await judged(shopAt(plane, stage).chart);
        expect(await mesh.answer({ from: EVERYBODY[0], to })).toMatchObject({ allowed: true });
      }
    });

    it('holds what is refused by name at every stage', async () => {
      for (const stage of [...UNFINISHED, DENY_REST]) {
        const { chart, cart, product, web } = shopAt(plane, stage);
        product.access.deny(web);
        const mesh = await judged(chart);
        expect(await mesh.answer(call(web, product))).toMatchObject({ allowed: false });
        expect(await mesh.answer(call(cart, product))).toMatchObject({ allowed: true });
      }
    });

    it('is applied stage by stage, object by object, and refuses no known call at any moment, and no other before its last stage', async () => {
      const stages = ['open', OBSERVE, ALLOW_KNOWN, DENY_REST] as const;
      for (const [index, stage] of stages.slice(1).entries()) {
        const [before, after] = [shopAt(plane, stages[index]), shopAt(plane, stage)];
        for (const mesh of between(meshOf(before.chart), meshOf(after.chart))) {
          expect(decide(mesh.cluster, call(after.cart, after.product))).toMatchObject({ allowed: true });
          if (stage !== DENY_REST) expect(refusedBy(mesh, after)).toEqual([]);
        }
      }
    });
  });
});

describe('users of a namespace on its way to zero trust', () => {
  const TOKEN = { issuer: 'https://id.example.com', subject: 'ann', audiences: ['shop'], claims: { role: 'clerk' } };
  const issuer = JwtIssuer.of({ issuer: TOKEN.issuer, audiences: ['shop'] });
  const tokens = {
    right: TOKEN,
    none: undefined,
    'for another role': { ...TOKEN, claims: { role: 'guest' } },
    foreign: { ...TOKEN, issuer: 'https://elsewhere.example.com' },
  };

  forEachPlane((plane) => {
    it.each([
      [OBSERVE, ['right', 'none', 'for another role'], ['right', 'none', 'for another role']],
      [ALLOW_KNOWN, ['right', 'none', 'for another role'], ['right', 'none', 'for another role']],
      [DENY_REST, ['right'], []],
    ] as const)(
      'are let in at %s by what their token says, and never with one that nobody has signed',
      async (stage, ofKnown, ofOthers) => {
        const { chart, cart, product, web } = shopAt(plane, stage);
        web.access.allow(cart, { http: [HttpAccess.get('/refunds/*')], user: { issuer, claims: { role: ['clerk'] } } });
        const mesh = await judged(chart);
        const lines = Object.values(tokens).map((token) => ({ path: '/refunds/1', token }));
        const letIn = async (caller: MeshedService) => {
          const answers = await mesh.answers(lines.map((line) => call(caller, web, line)));
          return Object.keys(tokens).filter((_, index) => answers[index].allowed);
        };
        expect([await letIn(cart), await letIn(product)]).toEqual([ofKnown, ofOthers]);
      },
    );
  });
});

describe('a closed namespace without a network layer', () => {
  forEachEnforcer(({ dataPlane }) => {
    it('is closed by policies all the same', async () => {
      const chart = newChart();
      const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane, networkPolicy: NetworkLayer.NONE });
      service(shop, 'cart').calls(service(shop, 'product'));
      const mesh = await judged(chart);
      expect((mesh.manifests as readonly Named[]).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
      await expectOnly(mesh, KNOWN);
    });
  });
});

/** What a cluster has while the objects of one program are applied over those of another, one after another. */
function between(before: MeshUnderTest, after: MeshUnderTest): MeshUnderTest[] {
  const objects = after.manifests as readonly Named[];
  return objects.map((_, count) => {
    const applied = objects.slice(0, count + 1);
    const left = (before.manifests as readonly Named[]).filter((old) => !applied.some((one) => keyOf(one) === keyOf(old)));
    return meshFrom([...left, ...applied], {});
  });
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const keyOf = ({ kind, metadata }: Named): string => `${kind} ${metadata.namespace}/${metadata.name}`;
