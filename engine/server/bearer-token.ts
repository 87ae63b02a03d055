import { verify } from 'hono/jwt';

/** Is this JSON Web Token signed (HS256) with the secret, and valid now? */
export async function isValidToken(token: string, secret: string): Promise<boolean> {
  try {
    const payload = await verify(token, secret, 'HS256');
    // A token for a particular audience is not for us.
    return payload.aud === undefined;
  } catch {
    return false;
  }
}

/** The token in an Authorization header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
}
