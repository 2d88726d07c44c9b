/** What a schema is once it was parsed, as TypeScript that needs no zod; those of `names` are named. */
export function typeText(schema, names) {
  const inner = (one) => names.get(one) ?? typeText(one, names);
  const { def } = schema._zod;
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'unknown':
      return def.type;
    case 'literal':
      return def.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'enum':
      return Object.values(def.entries)
        .map((value) => JSON.stringify(value))
        .join(' | ');
    case 'nullable':
      return `${inner(def.innerType)} | null`;
    case 'optional':
      return `${inner(def.innerType)} | undefined`;
    case 'default':
    case 'readonly':
      return inner(def.innerType);
    case 'array':
      return `Array<${inner(def.element)}>`;
    case 'record':
      return `Record<${inner(def.keyType)}, ${inner(def.valueType)}>`;
    case 'union':
      return def.options.map(inner).join(' | ');
    case 'pipe':
      return inner(def.out);
    case 'object': {
      const fields = Object.entries(def.shape).map(([key, field]) => fieldText(key, field, inner));
      return `{\n${fields.join('\n').replaceAll(/^/gm, '    ')}\n}`;
    }
    default:
      throw new Error(`No TypeScript is known for a schema of the kind '${def.type}'.`);
  }
}

function fieldText(key, field, inner) {
  const { description } = field;
  const said = description ? `/** ${description} */\n` : '';
  const optional = field._zod.optout === 'optional' ? '?' : '';
  const name = /^\w+$/.test(key) ? key : JSON.stringify(key);
  return `${said}${name}${optional}: ${inner(field)};`;
}
