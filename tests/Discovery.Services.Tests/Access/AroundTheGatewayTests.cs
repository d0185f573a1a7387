using System.Net;

namespace Discovery.ServicesTests.Access;

[Collection(nameof(Scene))]
public sealed class AroundTheGatewayTests(Scene scene)
{
    static readonly (string Name, Func<Plot, string> Value)[] Claimed =
    [
        ("X-User-Id", p => p.Person("adm*").ToString()), ("X-User", p => p.Email("adm*")), ("X-Forwarded-User", p => p.Email("adm*")), ("X-Remote-User", p => p.Email("adm*")), ("Remote-User", p => p.Email("adm*")),
        ("X-Roles", _ => "*:administrator,*:official"), ("X-User-Roles", _ => "*:administrator"), ("X-Original-URL", _ => "/"), ("X-Rewrite-URL", _ => "/"), ("X-HTTP-Method-Override", _ => "GET"), ("X-Forwarded-Prefix", _ => "/api/rounds"),
    ];

    [Fact]
    public async Task Check6_a_service_that_is_asked_directly_knows_nobody_without_a_token()
    {
        var strange = new List<string>();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        foreach (var endpoint in scene.Endpoints.Where(e => e.Service is not null))
        {
            // What the same request gets at the front door, where nobody claims anything.
            using var content = Samples.Content(scene, scene.Main, endpoint);
            using var front = await scene.SendAsync(endpoint, scene.Main, "anon", Samples.Address(scene, scene.Main, "anon", endpoint), content);
            // What anybody may do is done by now; behind the gateway it is asked of other people and things.
            var plot = !endpoint.IsSafe && MatrixTests.Outcome(front) == "ok" ? await scene.PlotAsync("behind " + endpoint.Key) : scene.Main;
            using var request = new HttpRequestMessage(new(endpoint.Method), new Uri(scene.App.AddressOf(endpoint.Service!), Samples.Address(scene, plot, "anon", endpoint))) { Content = Samples.Content(scene, plot, endpoint) };
            foreach (var (name, value) in Claimed) request.Headers.TryAddWithoutValidation(name, value(plot));
            // A network of its own, as at the front: it is not the limit on tries that is compared.
            request.Headers.Remove("X-Forwarded-For");
            request.Headers.Add("X-Forwarded-For", Scene.Network().ToString());
            using var direct = await http.SendAsync(request);
            // Without the token of a form even who may ask is refused: 400 says as little.
            if (MatrixTests.Outcome(direct) != MatrixTests.Outcome(front) && !(endpoint is { IsPage: true, IsSafe: false } && direct.StatusCode == HttpStatusCode.BadRequest))
                strange.Add($"{endpoint.Key}: {MatrixTests.Outcome(front)} at the front, {MatrixTests.Outcome(direct)} at the back");
        }
        Strange.None(strange);
    }

    [Fact]
    public async Task Check6_what_somebody_writes_into_headers_makes_nobody_of_him()
    {
        var strange = new List<string>();
        foreach (var endpoint in scene.Endpoints.Where(e => e is { IsSafe: true, Service: not null }))
        {
            var address = Samples.Address(scene, scene.Main, "othr", endpoint);
            using var plain = await scene.SendAsync(endpoint, scene.Main, "othr", address);
            using var who = endpoint.IsPage ? scene.App.AsBrowser(scene.Main.Claims("othr")).Http : scene.App.With(scene.Main.Claims("othr"));
            foreach (var (name, value) in Claimed) who.DefaultRequestHeaders.TryAddWithoutValidation(name, value(scene.Main));
            using var claimed = await who.GetAsync(address);
            if (MatrixTests.Outcome(plain) != MatrixTests.Outcome(claimed)) strange.Add($"{endpoint.Key}: {MatrixTests.Outcome(plain)}, and with headers {MatrixTests.Outcome(claimed)}");
            if (claimed.StatusCode == HttpStatusCode.OK && (await claimed.Content.ReadAsStringAsync()).Contains(scene.Main.Email("adm*"), StringComparison.OrdinalIgnoreCase)) strange.Add($"{endpoint.Key}: shows somebody else");
        }
        Strange.None(strange);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJyb2xlIjoiKjphZG1pbmlzdHJhdG9yIn0.")]       // alg=none
    [InlineData("")]
    public async Task Check6_a_token_that_this_installation_has_not_sealed_is_no_token(string token)
    {
        foreach (var service in DiscoveryApp.ServiceNames)
        {
            using var http = new HttpClient { BaseAddress = scene.App.AddressOf(service) };
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
            foreach (var endpoint in scene.Endpoints.Where(e => e is { IsPage: false, IsSafe: false } && e.Service == service && !e.Pattern.EndsWith("/token", StringComparison.Ordinal)))
            {
                using var request = new HttpRequestMessage(new(endpoint.Method), Samples.Address(scene, scene.Main, "anon", endpoint)) { Content = Samples.Content(scene, scene.Main, endpoint) };
                using var answer = await http.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized || MatrixRow(endpoint), $"{endpoint.Key}: {(int)answer.StatusCode}");
            }
        }
    }

    // Open to everybody by the approved table: a token changes nothing there.
    static bool MatrixRow(Endpoint endpoint) =>
        File.ReadLines(Repository.At("tests", "Discovery.Services.Tests", "Access", "Matrix.approved.txt")).Any(l => l.EndsWith("  " + endpoint.Key, StringComparison.Ordinal) && !l.StartsWith("in ", StringComparison.Ordinal));
}
