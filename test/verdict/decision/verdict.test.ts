import { byObject, NO_OBJECTION, undecided } from '../../../lib/verdict/decision/verdict';
import { readYaml } from '../../manifests';

describe('a verdict', () => {
  const [object] = readYaml('{apiVersion: v1, kind: Service, metadata: {name: cart}}');
  const source = { title: 'Service default/cart', object };

  it('names what gave it', () => {
    expect(byObject(true, source)).toEqual({ allowed: true, by: source.title, object });
    expect(NO_OBJECTION).toEqual({ allowed: true });
  });

  it('lets nobody in where nobody can tell', () => {
    expect(undecided('why', source)).toEqual({ allowed: false, unknown: 'why', by: source.title, object });
  });
});
