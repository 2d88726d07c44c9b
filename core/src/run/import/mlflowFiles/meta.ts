import { join } from 'node:path';
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { readText } from '../readText.ts';

/** A `meta.yaml` of MLflow's file store (mlflow/store/tracking/file_store.py), read field by field. */
export class Meta {
  readonly #map: YAMLMap;

  constructor(map: YAMLMap) {
    this.#map = map;
  }

  /** Throws, with a sentence, for what is not a map in YAML. */
  static read(folder: string): Meta {
    const text = readText(join(folder, 'meta.yaml'));
    // Every scalar as it is written: an id of digits and one e must not become a number.
    const { contents, errors } = parseDocument(text, {
      schema: 'failsafe',
      logLevel: 'error',
      uniqueKeys: false,
    });
    if (errors[0]) throw new Error(`its meta.yaml is not right (${errors[0].message.split('\n')[0]}).`);
    if (!isMap(contents)) throw new Error('its meta.yaml holds no fields.');
    return new Meta(contents);
  }

  /** Undefined where it is missing, null, or no plain value. */
  optional(name: string): string | undefined {
    const node: unknown = this.#map.get(name, true);
    if (!isScalar(node) || typeof node.value !== 'string') return undefined;
    return node.type === 'PLAIN' && /^(null|~|)$/i.test(node.value) ? undefined : node.value;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value) return value;
    throw new Error(`its meta.yaml has no ${name}.`);
  }

  /** A map of plain values. */
  pairs(name: string): { key: string; value: string }[] {
    const node: unknown = this.#map.get(name, true);
    if (!isMap(node)) return [];
    return node.items.flatMap(({ key, value }) =>
      isScalar(key) && isScalar(value) ? [{ key: String(key.value), value: String(value.value) }] : [],
    );
  }
}
