import { openPorts } from '../../lib/inquiry/open-ports';
import { cluster, deployment, GATEWAY, namespace, SIDECAR } from '../verdict/fixtures';

const SERVERS = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: door, namespace: edge}
spec: {selector: {app: ingress}, servers: [{port: {number: 80, name: a, protocol: HTTP}, hosts: [a]}, {port: {number: 80, name: b, protocol: HTTP}, hosts: [b]}]}
---`;

describe('the open ports of a gateway', () => {
  it('are those of its listeners or servers', () => {
    const pods = namespace('edge', SIDECAR) + deployment('ingress', 'ingress', 'v1', 'edge');
    expect(openPorts(cluster(GATEWAY), 'edge/gateway')).toEqual([443]);
    expect(openPorts(cluster(pods, SERVERS), 'edge/door')).toEqual([80]);
  });

  it('are none without pods, or without a gateway', () => {
    expect(openPorts(cluster(SERVERS), 'edge/door')).toEqual([]);
    expect(openPorts(cluster(), 'edge/door')).toEqual([]);
  });
});
