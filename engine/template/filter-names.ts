/** Every filter: `is filter` looks them up, and the compiler refuses all others. */
export const filterNames: ReadonlySet<string> = new Set(
  (
    'abs attr base64binascii_decode base64decode base64encode batch capitalize center count d default dictsort e escape ' +
    'filesizeformat first float forceescape format groupby hash hmac indent int items join last length list lower map max ' +
    'min pprint random regex_replace regex_search reject rejectattr replace reverse round safe select selectattr slice sort ' +
    'string striptags sum title tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr'
  ).split(' '),
);
