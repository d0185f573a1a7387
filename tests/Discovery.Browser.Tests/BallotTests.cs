namespace Discovery.BrowserTests;

public sealed class BallotTests(TheSite site)
{
    [Fact]
    public async Task A_ballot_is_arranged_and_cast_with_the_mouse()
    {
        var (window, ballot, voter) = await OpenAsync("ru");
        await using var _ = window;
        await ballot.AddAsync(4);
        var before = await ballot.OrderAsync();

        await DragAsync(ballot, from: 2, to: 0);
        Assert.Equal([before[2], before[0], before[1], before[3]], await ballot.OrderAsync());
        await Assertions.Expect(ballot.Says).ToHaveTextAsync($"«{await BallotSheet.TitleAsync(ballot.Mine.First)}»: место 1 из 4");
        await BallotSheet.Out(ballot.Mine.Nth(1)).ClickAsync();
        await Assertions.Expect(ballot.Mine).ToHaveCountAsync(3);
        int[] chosen = [before[2], before[1], before[3]];
        Assert.Equal(chosen, await ballot.OrderAsync());

        var code = await ballot.CastAsync();
        await Assertions.Expect(ballot.Page.Locator(".note--good").First).ToContainTextAsync("Голос принят и записан");
        Assert.Equal(chosen, await BallotSheet.StoredAsync(site, voter));
        Assert.Equal("Бюллетень записан и учитывается", await BallotSheet.CheckAsync(site, "ru", code));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_ballot_is_arranged_and_cast_with_the_keyboard_alone()
    {
        var (window, ballot, voter) = await OpenAsync("en");
        await using var _ = window;
        var keys = window.Page.Keyboard;
        string[] titles = [await BallotSheet.TitleAsync(ballot.Rest.Nth(0)), await BallotSheet.TitleAsync(ballot.Rest.Nth(1)), await BallotSheet.TitleAsync(ballot.Rest.Nth(2))];

        await TabToAsync(window, ballot.Rest.First.Locator("button"));
        for (var i = 0; i < 3; i++)
        {
            await keys.PressAsync("Enter");
            await Assertions.Expect(ballot.Says).ToHaveTextAsync($"“{titles[i]}” is now on the list, place {i + 1} of {i + 1}");
        }
        var before = await ballot.OrderAsync();

        // The arrow goes with its row, and the keyboard stays on it.
        await TabToAsync(window, BallotSheet.Up(ballot.Mine.Nth(2)), "Shift+Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(ballot.Says).ToHaveTextAsync($"“{titles[2]}”: place 2 of 3");
        await Assertions.Expect(BallotSheet.Up(ballot.Mine.Nth(1))).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(ballot.Says).ToHaveTextAsync($"“{titles[2]}”: place 1 of 3");
        await Assertions.Expect(BallotSheet.Up(ballot.Mine.First)).ToBeFocusedAsync();
        await Assertions.Expect(BallotSheet.Up(ballot.Mine.First)).ToHaveAttributeAsync("aria-disabled", "true");

        await keys.PressAsync("Shift+Tab");
        await Assertions.Expect(ballot.Mine.First.Locator("select")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Assertions.Expect(ballot.Says).ToHaveTextAsync($"“{titles[2]}”: place 2 of 3");
        await Assertions.Expect(ballot.Mine.Nth(1).Locator("select")).ToBeFocusedAsync();
        int[] chosen = [before[0], before[2], before[1]];
        Assert.Equal(chosen, await ballot.OrderAsync());

        await TabToAsync(window, ballot.Cast);
        await keys.PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByText("The ballot is recorded and counts")).ToBeVisibleAsync();
        Assert.Equal(chosen, await BallotSheet.StoredAsync(site, voter));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_ballot_is_arranged_and_cast_without_scripts()
    {
        var (window, ballot, voter) = await OpenAsync("ru", scripts: false);
        await using var _ = window;
        await ballot.AddAsync(3);
        var before = await ballot.OrderAsync();
        Assert.Equal(200, await window.SendAsync(BallotSheet.Up(ballot.Mine.Nth(2))));
        int[] chosen = [before[0], before[2], before[1]];
        Assert.Equal(chosen, await ballot.OrderAsync());
        await Assertions.Expect(BallotSheet.Up(ballot.Mine.Nth(1))).ToBeFocusedAsync();

        await ballot.Mine.Nth(2).Locator("select").SelectOptionAsync("1");
        var code = await ballot.CastAsync();
        Assert.Equal([before[1], before[0], before[2]], await BallotSheet.StoredAsync(site, voter));
        Assert.Equal("Бюллетень записан и учитывается", await BallotSheet.CheckAsync(site, "ru", code));
    }

    [Fact]
    public async Task A_changed_ballot_takes_the_place_of_the_first()
    {
        var (window, ballot, voter) = await OpenAsync("en");
        await using var _ = window;
        await ballot.AddAsync(2);
        var first = await ballot.CastAsync();

        await window.GoAsync(BallotSheet.Path);
        await Assertions.Expect(ballot.Cast).ToHaveTextAsync("Replace my ballot");
        var before = await ballot.OrderAsync();
        Assert.Equal(2, before.Length);
        await BallotSheet.Down(ballot.Mine.First).ClickAsync();
        await ballot.AddAsync(1);
        var second = await ballot.CastAsync();

        Assert.NotEqual(first, second);
        Assert.Equal([before[1], before[0]], (await BallotSheet.StoredAsync(site, voter))[..2]);
        Assert.Equal("The ballot is recorded, but replaced", await BallotSheet.CheckAsync(site, "en", first));
        Assert.Equal("The ballot is recorded and counts", await BallotSheet.CheckAsync(site, "en", second));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_withdrawn_ballot_does_not_count()
    {
        var (window, ballot, voter) = await OpenAsync("ru");
        await using var _ = window;
        await ballot.AddAsync(1);
        var cast = await ballot.CastAsync();

        await window.GoAsync(BallotSheet.Path);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Отозвать бюллетень" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Отозвать бюллетень?");
        await window.SendAsync(window.Page.Locator("main form button"));
        await Assertions.Expect(window.Page.GetByText("Это квитанция об отзыве")).ToBeVisibleAsync();

        Assert.Empty(await BallotSheet.StoredAsync(site, voter));
        Assert.Equal("Бюллетень записан, но заменён", await BallotSheet.CheckAsync(site, "ru", cast));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task An_empty_ballot_is_refused_in_words()
    {
        var (window, ballot, voter) = await OpenAsync("ru");
        await using var _ = window;
        Assert.Equal(422, await window.SendAsync(ballot.Cast));
        await Assertions.Expect(ballot.Summary).ToBeFocusedAsync();
        await Assertions.Expect(ballot.Summary).ToContainTextAsync("В бюллетене пока ничего нет");
        Assert.StartsWith("Ошибка:", await window.Page.TitleAsync(), StringComparison.Ordinal);

        // From the summary one goes to where it is mended.
        await ballot.Summary.GetByRole(AriaRole.Link).ClickAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.True(await window.Page.EvaluateAsync<bool>("document.activeElement.closest('.mine') !== null"));
        Assert.Empty(await BallotSheet.StoredAsync(site, voter));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task One_too_many_is_refused_and_nothing_is_lost()
    {
        var (window, ballot, voter) = await OpenAsync("en", scripts: false);
        await using var _ = window;
        await ballot.AddAsync(5);
        var before = await ballot.OrderAsync();
        await window.Page.Locator("details:has(#line) summary").ClickAsync();
        await window.Page.Locator("#line").SelectOptionAsync("2");

        Assert.Equal(422, await window.SendAsync(ballot.Rest.First.Locator("button")));
        await Assertions.Expect(ballot.Summary).ToContainTextAsync("The list already has 5: remove one first");
        await Assertions.Expect(ballot.Summary.GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        Assert.Equal(before, await ballot.OrderAsync());
        await Assertions.Expect(window.Page.Locator("#line")).ToHaveValueAsync("2");

        await ballot.CastAsync();
        Assert.Equal(before, await BallotSheet.StoredAsync(site, voter));
    }

    [Fact]
    public async Task With_scripts_one_too_many_is_only_told()
    {
        var (window, ballot, _) = await OpenAsync("ru");
        await using var _2 = window;
        await ballot.AddAsync(5);
        var before = await ballot.OrderAsync();
        await ballot.Rest.First.Locator("button").ClickAsync();
        await Assertions.Expect(ballot.Says).ToHaveTextAsync("В списке уже 5: сначала уберите одно");
        Assert.Equal(before, await ballot.OrderAsync());
        Assert.Empty(window.Complaints);
    }

    async Task<(Window, BallotSheet, Person)> OpenAsync(string lang, bool scripts = true)
    {
        TheSite.MustBeThere();
        var voter = await Person.NewVoterAsync(site);
        var window = await Window.OpenAsync(site, lang, voter, scripts);
        Assert.Equal(200, await window.GoAsync(BallotSheet.Path));
        // The rows move without a round trip once the script has come, and dragging is the last that it brings.
        if (scripts) await window.Page.WaitForFunctionAsync("() => globalThis.Sortable && globalThis.Sortable.get(document.querySelector('ol.bal'))");
        return (window, new(window), voter);
    }

    static async Task DragAsync(BallotSheet ballot, int from, int to)
    {
        await ballot.Mine.Nth(from).ScrollIntoViewIfNeededAsync();
        var grip = (await ballot.Mine.Nth(from).Locator(".grip").BoundingBoxAsync())!;
        var target = (await ballot.Mine.Nth(to).BoundingBoxAsync())!;
        var mouse = ballot.Page.Mouse;
        await mouse.MoveAsync(grip.X + grip.Width / 2, grip.Y + grip.Height / 2);
        await mouse.DownAsync();
        await mouse.MoveAsync(grip.X + grip.Width / 2, target.Y + 4, new() { Steps = 15 });
        await ballot.Page.WaitForTimeoutAsync(200);
        await mouse.UpAsync();
        await ballot.Page.WaitForTimeoutAsync(200);
    }

    static async Task TabToAsync(Window window, ILocator there, string key = "Tab")
    {
        var target = await there.ElementHandleAsync();
        for (var i = 0; i < 120; i++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            await window.Page.Keyboard.PressAsync(key);
        }
        Assert.Fail("The keyboard does not reach it: " + await target.EvaluateAsync<string>("e => e.outerHTML"));
    }
}
