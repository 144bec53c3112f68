// `mute()` sends this process's standard error to nowhere, `unmute()` brings it back.
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

static int saved = -1;

static napi_value Mute(napi_env env, napi_callback_info info) {
  const int nowhere = saved < 0 ? open("/dev/null", O_WRONLY) : -1;
  if (nowhere >= 0) {
    saved = dup(STDERR_FILENO);
    if (saved >= 0) dup2(nowhere, STDERR_FILENO);
    close(nowhere);
  }
  return nullptr;
}

static napi_value Unmute(napi_env env, napi_callback_info info) {
  if (saved >= 0) {
    dup2(saved, STDERR_FILENO);
    close(saved);
    saved = -1;
  }
  return nullptr;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "mute", NAPI_AUTO_LENGTH, Mute, nullptr, &function);
  napi_set_named_property(env, exports, "mute", function);
  napi_create_function(env, "unmute", NAPI_AUTO_LENGTH, Unmute, nullptr, &function);
  napi_set_named_property(env, exports, "unmute", function);
  return exports;
}
