import type { MeshGraphEdge } from 'istio-constructs';
import { spokenLine, textOfLine } from '../../../../lib/cli/page/view/line-text';

const edge = {
  port: 80,
  protocol: 'HTTP',
  mtls: 'yes',
  enforcedAt: 'waypoint shop/waypoint',
  shares: [
    { workload: 'shop/v1', percent: 90 },
    { workload: 'shop/v2', percent: 10 },
  ],
  whoever: false,
} as Partial<MeshGraphEdge> as MeshGraphEdge;

describe('what stands on a line', () => {
  it('is protocol and port, who enforces, and the shares', () => {
    expect(textOfLine([edge], 3)).toEqual({ first: 'HTTP 80', more: ['waypoint', 'v1 90 %, v2 10 %'], mtls: 'yes', isPlain: false });
    expect(textOfLine([{ ...edge, shares: [], enforcedAt: 'nothing', whoever: true, mtls: 'no' }], 3)).toEqual({
      first: 'HTTP 80',
      more: ['not checked', 'open to anybody'],
      mtls: 'no',
      isPlain: true,
    });
  });

  it('is less of several calls, and on a full map', () => {
    expect(textOfLine([edge, { ...edge, protocol: 'TLS', mtls: 'no' }], 3)).toEqual({
      first: '2 calls, HTTP, TLS',
      more: [],
      mtls: 'no',
      isPlain: false,
    });
    expect(textOfLine([edge], 100).more).toEqual([]);
  });

  it('is said to whoever hears it', () => {
    expect(spokenLine('shop/cart', 'shop/order', textOfLine([{ ...edge, shares: [] }], 3))).toBe(
      'shop/cart calls shop/order: HTTP 80 waypoint, mutual TLS',
    );
  });
});
