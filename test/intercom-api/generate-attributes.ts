import type { JsonObject } from './rows.ts';
import { many, type Seeded, times } from './seeded.ts';

/** Standard attributes have no id and no times; custom ones have both; every seventh custom one is archived. */
export function generateAttributes(
  seeded: Seeded,
  model: 'contact' | 'company' | 'conversation',
  adminId: string,
): JsonObject[] {
  const shared = { model, api_writable: true, ui_writable: false, messenger_writable: true };
  const standard = (
    model === 'conversation' ? ['id', 'title'] : ['id', 'name', 'created_at', 'updated_at']
  ).map((name) => ({
    type: 'data_attribute',
    ...shared,
    name,
    full_name: name,
    label: name.replaceAll('_', ' '),
    description: `The ${name} of a ${model}`,
    data_type: name.endsWith('_at') ? 'date' : 'string',
    custom: false,
    archived: false,
  }));
  const types = ['string', 'integer', 'boolean', 'date', 'float'];
  const custom = many(seeded.sizes.customAttributes, (index) => ({
    type: 'data_attribute',
    id: Number(seeded.serial('data_attribute')),
    ...shared,
    name: `${model}_custom_${index + 1}`,
    full_name: `custom_attributes.${model}_custom_${index + 1}`,
    label: `Custom ${index + 1}`,
    description: '',
    data_type: types[index % types.length],
    custom: true,
    archived: index % 7 === 6,
    ...times(seeded),
    admin_id: adminId,
  }));
  return [...standard, ...custom];
}

export function generateSubscriptionTypes(seeded: Seeded): JsonObject[] {
  return many(3, (index) => {
    const translation = { name: `Newsletter ${index + 1}`, description: 'What is new', locale: 'en' };
    return {
      type: 'subscription',
      id: seeded.serial('subscription'),
      state: index === 2 ? 'archived' : 'live',
      consent_type: index === 0 ? 'opt_out' : 'opt_in',
      default_translation: translation,
      translations: [translation],
      content_types: ['email'],
    };
  });
}
