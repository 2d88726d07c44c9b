import { expect, test } from 'vitest';
import { withoutSecrets } from './withoutSecrets.ts';

test('a command is shown without what its secret options hold, however they are written', () => {
  const command = [
    'train',
    '--api-key',
    'k1',
    '--hub.token=t',
    '--lr',
    '0.1',
    'aws_secret=s',
    '--verbose',
    'a=b',
  ];
  expect(withoutSecrets(command)).toEqual([
    'train',
    '--api-key',
    '***',
    '--hub.token=***',
    '--lr',
    '0.1',
    'aws_secret=***',
    '--verbose',
    'a=b',
  ]);
});

test('a switch that is followed by another option hides nothing', () => {
  expect(withoutSecrets(['train', '--token', '--lr', '0.1'])).toEqual(['train', '--token', '--lr', '0.1']);
});
