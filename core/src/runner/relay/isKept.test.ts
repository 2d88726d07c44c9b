import { expect, test } from 'vitest';
import { isKept } from './isKept.ts';

test('what only logs may wait for the hub, what asks for something may not', () => {
  expect(isKept('POST', '/api/2.0/mlflow/runs/log-batch')).toBe(true);
  expect(isKept('POST', '/ajax-api/2.0/mlflow/runs/log-metric')).toBe(true);
  for (const [method, path] of [
    ['GET', '/api/2.0/mlflow/runs/log-batch'],
    ['POST', '/api/2.0/mlflow/runs/create'],
    ['POST', '/api/2.0/mlflow/runs/update'],
    ['POST', '/api/2.0/mlflow/runs/log-batch/x'],
    ['PUT', '/api/2.0/mlflow-artifacts/artifacts/runs/log-batch'],
  ] as const) {
    expect(isKept(method, path), path).toBe(false);
  }
});
