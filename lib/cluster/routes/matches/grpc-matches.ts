import { type Fields, fieldsOf, isSaid, textOf } from '../../objects/fields';

/** How a path is compared: `Any` is with nothing, and goes behind all others. */
export interface PathTest {
  readonly type: string;
  readonly value: string;
}

/** What a call of gRPC is by its path, `/service/method`, as istiod has Envoy compare it. */
export function grpcPath({ method: said }: Fields): PathTest {
  if (!isSaid(said)) return { type: 'Any', value: '' };
  const { type = 'Exact', service, method } = fieldsOf(said);
  const [name, call] = [textOf(service), textOf(method)];
  if (name === undefined) return { type: 'RegularExpression', value: `/[^/]+/${call}` };
  if (type === 'RegularExpression') return { type, value: `/${name}/${call ?? '.+'}` };
  return call === undefined ? { type: 'PathPrefix', value: `/${name}/` } : { type: 'Exact', value: `/${name}/${call}` };
}
