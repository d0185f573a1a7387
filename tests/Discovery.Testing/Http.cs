using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.Testing;

/// <summary>Answers as tests read them: the JSON of a good one, the problem of a bad one.</summary>
public static class Http
{
    /// <exception cref="HttpRequestException">The answer is not a success; the message has its body.</exception>
    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public static Task<JsonElement> Get(this HttpClient http, string path) => http.GetAsync(path).Json();

    public static Task<JsonElement> Post(this HttpClient http, string path, object? body = null) => http.PostAsJsonAsync(path, body ?? new { }).Json();

    public static Task<JsonElement> Put(this HttpClient http, string path, object body) => http.PutAsJsonAsync(path, body).Json();

    /// <summary>What a refusal says.</summary>
    /// <exception cref="HttpRequestException">It was not refused.</exception>
    public static async Task<Problem> Refused(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode) throw new HttpRequestException($"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode} {text} although it should refuse");
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        var body = type.EndsWith("json", StringComparison.Ordinal) ? JsonDocument.Parse(text).RootElement.Clone() : default;
        return new((int)answer.StatusCode, type, body);
    }

    public static List<int> Ints(this JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetInt32())];

    /// <summary>Null where the member is missing or null.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="Status">Of the answer.</param>
public sealed record Problem(int Status, string MediaType, JsonElement Body)
{
    public string? Code => Body.Text("code");

    public string? Detail => Body.Text("detail");

    public override string ToString() => $"{Status} {MediaType} {(Body.ValueKind == JsonValueKind.Undefined ? "" : Body.GetRawText())}";
}
