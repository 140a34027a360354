import { faultsOf } from '../../lib/schemas/faults';
import { kubernetesSchema } from '../../lib/schemas/kubernetes';

describe('schemas of Kubernetes', () => {
  it('know the kinds that a mesh depends on, and no others', () => {
    expect(kubernetesSchema('/Service')).toBeDefined();
    expect(kubernetesSchema('batch/CronJob')).toBeDefined();
    expect(kubernetesSchema('example.com/Cart')).toBeUndefined();
  });

  it('compare types, and ask for no field', () => {
    const schema = kubernetesSchema('networking.k8s.io/NetworkPolicy')!;
    expect(faultsOf({ metadata: {}, spec: { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] } }, schema)).toEqual([]);
    expect(faultsOf({ spec: { policyTypes: ['Egres'], ingress: {} } }, schema)).toMatchObject([
      { field: 'spec.policyTypes[0]', mend: { to: 'Egress' } },
      { field: 'spec.ingress', what: 'has to be a list' },
    ]);
  });
});
