import { placeholderIn } from '../../../lib/support/patterns/placeholder';

describe('a placeholder', () => {
  it.each([
    ['${NAME}-web', '${NAME}'],
    ['${NAME:-web}', '${NAME:-web}'],
    ['$(NAME)', '$(NAME)'],
    ['web-$NAME', '$NAME'],
    ['{{ .Values.name }}', '{{ .Values.name }}'],
    ['<your-name>', '<your-name>'],
    ['%NAME%', '%NAME%'],
    ['@NAME@', '@NAME@'],
  ])('is found in %s', (text, found) => {
    expect(placeholderIn(text)).toBe(found);
  });

  it.each(['cart', 'a_b', '$5', 'a<b', '100%', 'me@example.com', 80])('is not in %s', (text) => {
    expect(placeholderIn(text)).toBeUndefined();
  });
});
