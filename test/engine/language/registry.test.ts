import * as z from 'zod';
import { component } from '../../../engine/language/component.ts';
import { defineHook } from '../../../engine/language/hook.ts';
import { createRegistry } from '../../../engine/language/registry.ts';
import { slot, typedPart } from '../../../engine/language/slots.ts';

const Yes = component({
  family: 'RecordFilter',
  type: 'Yes',
  doc: '',
  aliases: ['OldYes'],
  fields: () => ({}),
  make: () => ({ keeps: () => true }),
});
const Chooser = component({
  family: 'RecordFilter',
  type: 'Chooser',
  doc: '',
  fields: () => ({
    one: slot('RecordFilter', 'Yes').optional(),
    many: z.array(slot('RecordFilter')).default([]),
    either: z.union([slot('Decoder'), z.array(slot('Decoder', 'JsonDecoder'))]),
    part: typedPart(z.object({}), 'Part').optional(),
    text: z.string(),
  }),
  make: () => ({ keeps: () => false }),
});
const Custom = defineHook('RecordFilter', {
  name: 'Mine',
  fields: () => ({}),
  make: () => ({ keeps: () => true }),
});
const registry = createRegistry([Yes, Chooser], [Custom]);

describe('a registry', () => {
  it('finds components by family and type, also by names of the past', () => {
    expect(registry.find('RecordFilter', 'Yes')).toBe(Yes);
    expect(registry.find('RecordFilter', 'OldYes')).toBe(Yes);
    expect(registry.find('Decoder', 'Yes')).toBeUndefined();
  });

  it('finds hooks by the last segment of their class name, within their family', () => {
    expect(registry.findHook('RecordFilter', 'source_x.components.Mine')).toBe(Custom);
    expect(registry.findHook('RecordFilter', 'Mine')).toBe(Custom);
    expect(registry.findHook('Decoder', 'Mine')).toBeUndefined();
    expect(registry.findHook('RecordFilter', 'Mine.Other')).toBeUndefined();
  });

  it('lists the types of a family for error messages, the custom one last', () => {
    expect(registry.typesOf('RecordFilter')).toEqual(['Yes', 'Chooser', 'CustomRecordFilter']);
    expect(registry.typesOf('Spec')).toEqual([]);
  });

  it('knows where a type belongs', () => {
    expect(registry.familiesOf('Yes')).toEqual(['RecordFilter']);
    expect(registry.familiesOf('Nowhere')).toEqual([]);
  });

  it.each([
    ['one', false, 'Yes'],
    ['one', true, 'CustomRecordFilter'],
    ['many', false, undefined],
    ['many', true, 'CustomRecordFilter'],
    ['either', false, 'JsonDecoder'],
    ['part', false, 'Part'],
    ['text', false, undefined],
    ['unknown', false, undefined],
  ])('says what a component in the field %s is by default (custom: %s)', (field, custom, type) => {
    expect(registry.defaultTypeOf('Chooser', field, custom)).toBe(type);
  });
});
