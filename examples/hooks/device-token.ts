import { ConnectorError, defineHook, isObject, sendForToken, template } from 'manifold-connectors';

/** Registers this connector as a device, once, and keeps the token that it is given in the config. */
export const DeviceToken = defineHook('Authenticator', {
  name: 'DeviceToken',
  fields: () => ({ register_url: template() }),
  make({ register_url }, scope) {
    const url = register_url(scope);
    const register = async (): Promise<string> => {
      const request = { method: 'POST', url: new URL(String(url())), headers: {} };
      const response = await sendForToken(request, 'The registration of the device', scope);
      const answer = await response.json();
      if (!isObject(answer) || typeof answer.token !== 'string')
        throw new ConnectorError('The registration gave no token.', { kind: 'config_error' });
      const { token } = answer;
      scope.sync.addSecret(token);
      scope.sync.updateConfig((draft) => {
        draft.device_token = token;
      });
      return token;
    };
    // All streams of a sync share one registration.
    const registered = scope.sync.shared('device token', () => {
      let running: Promise<string> | undefined;
      return () => {
        running ??= register();
        return running;
      };
    });
    return {
      async authenticate(request) {
        request.headers.Authorization = `Device ${scope.config().device_token ?? (await registered())}`;
      },
    };
  },
});
