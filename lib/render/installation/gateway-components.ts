import type { InstallationFacts, InstalledGatewayFacts } from '../../model/installation/installation';
import { gatewaysOf } from './components';
import { eastWestComponent } from './east-west';
import { podsOfGateway, resourcesOf } from './pods';

/** Gateways that come with it are somewhere else. */
export const NO_GATEWAYS: object = { ingressGateways: [], egressGateways: [] };

/** Gateways that come with it, in words of istioctl. */
export function gatewayComponents(facts: InstallationFacts): object {
  const gateways = gatewaysOf(facts);
  return {
    ingressGateways: gateways.filter(({ way }) => way !== 'egress').map((one) => gatewayOf(facts, one)),
    egressGateways: gateways.filter(({ way }) => way === 'egress').map((one) => gatewayOf(facts, one)),
  };
}

function gatewayOf(facts: InstallationFacts, gateway: InstalledGatewayFacts): object {
  const { name, namespaceName = facts.namespaceName, serviceType } = gateway;
  const pods = podsOfGateway(facts, gateway);
  const { autoscaling, replicas, annotations } = pods;
  const resources = resourcesOf(pods);
  const { label, k8s: { service, ...between } = {} } = eastWestComponent(facts, gateway);
  const k8s = {
    ...(autoscaling && { hpaSpec: { minReplicas: autoscaling.minReplicas, maxReplicas: autoscaling.maxReplicas } }),
    ...(replicas !== undefined && { replicaCount: replicas }),
    ...((serviceType !== undefined || service) && { service: { ...(serviceType !== undefined && { type: serviceType }), ...service } }),
    ...between,
    ...(resources && { resources }),
    ...(annotations && { podAnnotations: annotations }),
  };
  return { name, namespace: namespaceName, enabled: true, ...(label && { label }), ...(Object.keys(k8s).length > 0 && { k8s }) };
}
