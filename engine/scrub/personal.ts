import { isObject, type JsonObject } from '../util/json/json.ts';
import {
  fakeAddress,
  fakeEmail,
  fakeFirstName,
  fakeLastName,
  fakeName,
  fakePhone,
  isPublicAddress,
} from './fake.ts';

const email = /[A-Za-z0-9._%+'-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}/g;
const reserved = /@(?:[a-z0-9-]+\.)*example\.(?:com|org|net)$/i;
const address = /(?<![\w.:])(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4})(?![\w.:])/gi;
const international = /^\+\d[\d\s().-]{7,18}$/;

/** In the middle of words, with a sign of its own: digits alone are ids as often. */
const phoneInText =
  /(?<![\w+])\+\d[\d ().-]{7,16}\d\b|(?<![\w.-])0\d{2,4}[-/ ]\d{5,9}(?![\w-])|(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])/g;
const prose = /[A-Za-z]{2,}[:,]? /;

const phoneField = /(?:^|_)(?:phone|mobile|fax|telephone|whatsapp)(?:_?number)?$/i;
const firstNameField = /^(?:first|given|middle|nick)_?name$/i;
const lastNameField = /^(?:last|family|sur|maiden)_?name$/i;
const fullNameField = /^(?:full|display|contact|customer|author|owner|user|sender|recipient)_?name$/i;
/** Beside these, a plain "name" is that of a person. */
const personFields = ['email', 'email_address', 'phone', 'phone_number', 'first_name', 'last_name', 'avatar'];
const personTypes = new Set(['user', 'contact', 'lead', 'admin', 'person', 'author', 'customer', 'visitor']);

/** The text with stand-ins for e-mail addresses, phone numbers and the addresses of machines, wherever they are in it. */
export function withoutPeople(text: string): string {
  const said = prose.test(text) ? text.replace(phoneInText, fakePhone) : text;
  return said
    .replace(email, (found) => {
      const plain = found.replace(/%40/g, '@');
      if (reserved.test(plain)) return found;
      const fake = fakeEmail(plain);
      return found.includes('%40') ? fake.replace('@', '%40') : fake;
    })
    .replace(address, (found) => (isPublicAddress(found) ? fakeAddress(found) : found));
}

/** The stand-in for the text of a field, whose owner tells whether it is about a person, as does the name of the field that the owner is `under`. */
export function standIn(name: string, text: string, owner: JsonObject, under = ''): string {
  if (text.trim() === '') return text;
  if (firstNameField.test(name)) return fakeFirstName(text);
  if (lastNameField.test(name)) return fakeLastName(text);
  if (fullNameField.test(name) || (name.toLowerCase() === 'name' && isPerson(owner, under)))
    return fakeName(text);
  const isPhone = phoneField.test(name) && /\d.*\d.*\d.*\d.*\d/.test(text);
  if (isPhone || international.test(text)) return fakePhone(text);
  return withoutPeople(text);
}

function isPerson(owner: JsonObject, under: string): boolean {
  const { type } = owner;
  if (typeof type === 'string' && personTypes.has(type.toLowerCase())) return true;
  if (personTypes.has(under.toLowerCase().replace(/s$/, ''))) return true;
  return personFields.some((name) => typeof owner[name] === 'string' || isObject(owner[name]));
}
