// `mute()` sends this process's standard error to nowhere; `unmute()`, called as often, brings it back. Workers of Node
// may do so at once.
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

#include <mutex>

namespace {

std::mutex change;
int muted = 0;   // how often
int saved = -1;  // the standard error of before

napi_value Mute(napi_env, napi_callback_info) {
  const std::lock_guard<std::mutex> lock(change);
  if (muted++ > 0) return nullptr;
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return nullptr;
  saved = dup(STDERR_FILENO);
  if (saved >= 0) dup2(nowhere, STDERR_FILENO);
  close(nowhere);
  return nullptr;
}

napi_value Unmute(napi_env, napi_callback_info) {
  const std::lock_guard<std::mutex> lock(change);
  if (muted == 0 || --muted > 0 || saved < 0) return nullptr;
  dup2(saved, STDERR_FILENO);
  close(saved);
  saved = -1;
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "mute", NAPI_AUTO_LENGTH, Mute, nullptr, &function);
  napi_set_named_property(env, exports, "mute", function);
  napi_create_function(env, "unmute", NAPI_AUTO_LENGTH, Unmute, nullptr, &function);
  napi_set_named_property(env, exports, "unmute", function);
  return exports;
}
