import Ajv from 'ajv';
import { parse } from 'yaml';
import schema from '../../lib/cli/check.schema.json';
import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const [, RULES] = /```yaml\n([\s\S]*?)```/.exec(read('docs/command-line.md'))!;
const WRONG = `rules:
  - { name: the cart buys, from: cart, to: product, request: POST /products, expect: allow }
  - { from: cart, to: product, expect: allow, split: { product: 90, other: 10 } }
  - { from: cart, to: product, expect: allow }
`;
const cli = folderWith({
  'k8s/shop.yaml': SHOP,
  'rules.yaml': RULES,
  'wrong.yaml': WRONG,
  'typo.yaml': 'rules:\n  - { from: cart, to: product, expect: allow }\n  - { from: cart, to: product, expects: allow }\n',
  'gone.yaml': 'rules:\n  - { from: basket, to: product, expect: allow }\n  - { from: cart, to: product, expect: allow }\n',
  'word.yaml': 'rules:\n  - from: cart\n    to: product\n    expect: maybe\n',
});

describe('istio-constructs check', () => {
  it('holds the rules of its page', () => {
    expect(cli('check rules.yaml -f k8s')).toEqual({ code: 0, out: 'nothing found\n3 of 3 rules hold\n', err: '' });
  });

  it('has a schema that takes them, and knows no other word', () => {
    const isValid = new Ajv().compile(schema);
    expect(isValid(parse(RULES))).toBe(true);
    expect(isValid({ rules: [{ from: 'a', to: 'b', expect: 'allow', why: 'c' }] })).toBe(false);
  });

  it('tells what is not as expected, at the line of the rule', () => {
    const { code, out } = cli('check wrong.yaml -f k8s');
    expect(code).toBe(1);
    expect(out).toContain(
      'wrong.yaml:2:5: error check: the cart buys: expected: allow; refused (authorization), by AuthorizationPolicy shop/product (k8s/shop.yaml:24:1)\n',
    );
    expect(out).toContain('wrong.yaml:3:5: error check: cart -> product GET /: allow: expected: 90 % at product; it gets 100 %\n');
    expect(out).toMatch(/\n3 errors\n1 of 3 rules hold\n$/);
  });

  it('tells of a name that nobody has at its rule, judges the others, and ends with 2', () => {
    const { code, out } = cli('check gone.yaml -f k8s');
    expect(code).toBe(2);
    expect(out).toMatch(/^gone.yaml:2:5: error check: basket -> product GET \/: allow: MESH895: a question names a Service /);
    expect(out).toMatch(/\n1 error\n1 of 2 rules hold\n$/);
  });

  it('writes JUnit, JSON, Markdown and annotations', () => {
    const asked = (format: string) => cli(`check wrong.yaml -f k8s --format ${format}`).out;
    expect(asked('junit')).toContain('<testsuite name="wrong.yaml" tests="3" failures="2">');
    expect(asked('junit')).toContain('<testcase classname="wrong.yaml" name="cart -&gt; product GET /: allow"/>');
    expect(JSON.parse(asked('json'))).toMatchObject({
      rules: [{ wrong: [expect.any(String)] }, { wrong: [expect.any(String), expect.any(String)] }, { wrong: [] }],
    });
    expect(asked('markdown')).toMatch(/^## 1 of 3 rules hold\n\n3 errors\n/);
    expect(asked('github')).toMatch(/^::error file=wrong.yaml,line=2,col=5,title=check::the cart buys: expected: allow/);
  });

  it.each<[string, string, RegExp]>([
    ['a word that no rule has', 'check typo.yaml', /^error: typo.yaml:3:5: \/rules\/1 must /],
    [
      'a value that is none',
      'check word.yaml',
      /^error: word.yaml:4:13: \/rules\/0\/expect must be equal to one of the allowed values: allow, refuse\n$/,
    ],
    ['a file that is not there', 'check none.yaml', /^error: there is no file none.yaml\n$/],
  ])('ends with 2 for %s', (_, args, said) => {
    const { code, err } = cli(args);
    expect(code).toBe(2);
    expect(err).toMatch(said);
  });
});
