/** Plain HTML, no scripts: works everywhere, and says loudly that this is not a real sign-in. */
export function signInPage(action: string, failed: boolean, username = ''): string {
  return page(
    failed ? 'Error: Sign in' : 'Sign in',
    `<h1>Sign in</h1>
    <p class="note"><strong>Demonstration only.</strong> Every account and every person here is invented. Accounts are listed where the hub was started.</p>
    ${failed ? '<div class="error" role="alert"><h2>There is a problem</h2><p><a href="#username">The user name or the password is wrong. Nothing was changed; try again.</a></p></div>' : ''}
    <form method="post" action="${escape(action)}" novalidate>
      <label for="username">User name</label>
      <p class="hint" id="username-hint">For example, analyst-1</p>
      <input id="username" name="username" value="${escape(username)}" aria-describedby="username-hint" autocomplete="username" autocapitalize="none" spellcheck="false" required>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <button type="submit">Sign in</button>
    </form>`,
  );
}

/** What the provider says when a request to it is wrong. @param code an OAuth error code */
export function problemPage(code: string): string {
  return page(
    'You could not be signed in',
    `<h1>You could not be signed in</h1><p>Nothing was changed. Go back to the hub and start again.</p><p class="hint">Reason: ${escape(code)}</p>`,
  );
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>${title} - MASH hub (demonstration)</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header><span>MASH hub</span> demonstration sign-in</header><main>${body}</main></body></html>`;
}

const STYLE = `
body{margin:0;font:1.1875rem/1.32 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;color:#0b0c0c;background:#fff}
header{background:#1d3a5f;color:#fff;padding:14px 20px}header span{font-weight:700;margin-right:8px}
main{max-width:38rem;margin:0 auto;padding:30px 20px 60px}h1{font-size:2.25rem;margin:0 0 20px}h2{margin:0 0 8px;font-size:1.3rem}
label{display:block;font-weight:700;margin-top:24px}.hint{color:#484949;margin:4px 0}
input{font:inherit;width:100%;max-width:24rem;box-sizing:border-box;padding:6px 8px;border:2px solid #0b0c0c;margin-top:6px}
input:focus,button:focus,a:focus{outline:3px solid #fd0;outline-offset:0;box-shadow:inset 0 0 0 2px #0b0c0c}
button{font:inherit;font-weight:400;margin-top:30px;padding:9px 16px;border:0;background:#0f7a52;color:#fff;box-shadow:0 2px 0 #083d29;cursor:pointer}
.note{border-left:8px solid #cecece;padding:12px 16px;margin:0 0 10px}.error{border:4px solid #ca3535;padding:16px 20px;margin:20px 0}.error a{color:#ca3535;font-weight:700}`;

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
