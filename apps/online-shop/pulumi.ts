// `pulumi up` runs this: the same chart, every object a resource of the Kubernetes provider.
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { DataPlane } from 'istio-constructs';
import { MeshProgram } from 'istio-constructs-pulumi';
import { OnlineShop } from './online-shop';

const config = new pulumi.Config();
const dataPlane = config.get('plane') === 'sidecar' ? DataPlane.sidecar() : DataPlane.ambient();
// A kubeconfig is a password: as a secret it is in no log, and encrypted in the state.
const kubeconfig = config.getSecret('kubeconfig');
const provider = kubeconfig ? new k8s.Provider('cluster', { kubeconfig }) : undefined;

const shop = new MeshProgram('online-shop', (chart) => void new OnlineShop(chart, 'shop', { dataPlane }), { provider });

/** Where the shop is reached, once the gateway has addresses. */
export const gatewayAddresses = shop.resource('Gateway', 'gateway', { namespace: 'edge' }).apply((gateway) => gateway.status?.addresses);
